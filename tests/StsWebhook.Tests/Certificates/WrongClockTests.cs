using Microsoft.Extensions.Time.Testing;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>Clocks that certificates are verified by, and that are set wrong.</summary>
public sealed class WrongClockTests
{
    private readonly StubObjects objects = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CertificateCluster cluster;

    public WrongClockTests()
    {
        cluster = new CertificateCluster(objects);
        cluster.Install();
    }

    [Fact]
    public async Task ApiServerClockCorrectedBackwards_CertificatesAreReplacedOnce()
    {
        var clock = new SkewedClock(time, TimeSpan.FromDays(800));
        await using var one = await CertificateReplica.StartAsync(objects, clock, clock);
        await using var other = await CertificateReplica.StartAsync(objects, clock, clock);
        await one.SettleAsync();
        await other.SettleAsync();

        clock.Offset = TimeSpan.Zero;
        await one.SettleAsync();
        await other.SettleAsync();

        cluster.AssertTrusted(one.Serving.Leaf!, time.GetUtcNow());
        cluster.AssertTrusted(other.Serving.Leaf!, time.GetUtcNow());
        Assert.Single(Written(one, other), line => line.Contains("CA not yet valid: created a new one", StringComparison.Ordinal));
        Assert.Equal(2, Written(one, other).Length);
    }

    [Fact]
    public async Task AllReplicasStoppedForTwoYears_CertificatesAreReplacedOnce()
    {
        await using var one = await CertificateReplica.StartAsync(objects, time);
        await one.SettleAsync();

        time.Advance(TimeSpan.FromDays(730));
        await using var other = await CertificateReplica.StartAsync(objects, time);
        await other.SettleAsync();
        await one.SettleAsync();

        cluster.AssertTrusted(one.Serving.Leaf!, time.GetUtcNow());
        cluster.AssertTrusted(other.Serving.Leaf!, time.GetUtcNow());
        Assert.Single(Written(one, other), line => line.Contains("CA expired: created a new one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllReplicasStoppedForFourMonths_TheCaIssuesANewCertificate()
    {
        await using var one = await CertificateReplica.StartAsync(objects, time);
        await one.SettleAsync();
        var bundles = cluster.Bundles().ToArray();

        time.Advance(TimeSpan.FromDays(120));
        await one.SettleAsync();

        cluster.AssertTrusted(one.Serving.Leaf!, time.GetUtcNow());
        Assert.Equal(bundles, cluster.Bundles(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task ApiServerClocksYearsApart_ReplicasRotateAtMostEveryTenMinutes()
    {
        var ahead = new SkewedClock(time, TimeSpan.FromDays(800));
        await using var one = await CertificateReplica.StartAsync(objects, time);
        await using var other = await CertificateReplica.StartAsync(objects, ahead, ahead);

        for (var minute = 0; minute < 60; minute++)
        {
            for (var i = 0; i < 5; i++)
            {
                await one.ReconcileAsync();
                await other.ReconcileAsync();
            }

            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(Written(one, other).Length, 2, 14);
        Assert.InRange(one.Log.Concat(other.Log).Count(line => line.StartsWith("48 Error", StringComparison.Ordinal)), 1, 14);
    }

    private static string[] Written(params CertificateReplica[] replicas) =>
        [.. replicas.SelectMany(r => r.Log).Where(line => line.StartsWith("42 ", StringComparison.Ordinal))];
}
