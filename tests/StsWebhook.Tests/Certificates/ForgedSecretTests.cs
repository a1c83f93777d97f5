using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>Someone else writes the Secret: replicas serve only what clients verify, and no CA enters a bundle that way.</summary>
public sealed class ForgedSecretTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    private readonly StubObjects objects = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CertificateCluster cluster;

    public ForgedSecretTests()
    {
        cluster = new CertificateCluster(objects);
        cluster.Install();
    }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Several within ten minutes, so the limit of unscheduled rotations must not leave the last one in place.</summary>
    [Fact]
    public async Task Reconcile_CertificateForClients_RestoresTheGoodOneEachTime()
    {
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var good = replica.Serving.Leaf!;

        for (var i = 0; i < 5; i++)
        {
            cluster.OverwriteServing(
                ForgedCertificate.Serving(cluster.StoredAuthority(), Now, ForgedCertificate.ClientAuthentication));
            await replica.SettleAsync();

            Assert.Same(good, replica.Serving.Leaf);
            Assert.Equal(good.Thumbprint, X509Certificate2.CreateFromPem(cluster.Stored("tls.crt")!).Thumbprint);
            cluster.AssertTrusted(good, Now);
        }
    }

    [Fact]
    public async Task Start_CertificateForClients_IssuesANewOne()
    {
        await using (var first = await StartAsync())
        {
            await first.SettleAsync();
        }

        cluster.OverwriteServing(ForgedCertificate.Serving(cluster.StoredAuthority(), Now, ForgedCertificate.ClientAuthentication));
        await using var replica = await StartAsync();
        await replica.SettleAsync();

        cluster.AssertTrusted(replica.Serving.Leaf!, Now);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reconcile_CaAndCertificateOfAnAttacker_AreNeitherServedNorTrusted(bool restarted)
    {
        await using var first = await StartAsync();
        await first.SettleAsync();
        await using var fresh = await StartAsync();
        var replica = restarted ? fresh : first;
        var forged = ForgedCertificate.Authority(Now);
        cluster.OverwriteAuthority(forged);
        cluster.OverwriteServing(forged.Issue([CertificateCluster.ServiceHost], Now));
        objects.Changed = () => Assert.False(cluster.IsInABundle(forged.Certificate));

        await replica.SettleAsync();
        cluster.AssertTrusted(first.Serving.Leaf!, Now);
        time.Advance(Wait);
        await replica.SettleAsync();

        cluster.AssertTrusted(replica.Serving.Leaf!, Now);
        cluster.AssertTrusted(first.Serving.Leaf!, Now);
        Assert.NotEqual(forged.Certificate.Thumbprint, cluster.StoredAuthority().Certificate.Thumbprint, StringComparer.Ordinal);
        Assert.Contains("ca.crt is a CA that neither this replica", Assert.Single(replica.Log, line => line.StartsWith("43 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.CrlSign, 365)]
    [InlineData(X509KeyUsageFlags.KeyCertSign, 95 * 365)]
    public async Task Reconcile_CaWithAnotherProfile_RestoresTheGoodOneAtOnce(X509KeyUsageFlags usage, int days)
    {
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var good = cluster.Stored("ca.crt");
        var forged = ForgedCertificate.Authority(Now, usage, TimeSpan.FromDays(days));
        cluster.OverwriteAuthority(forged);
        cluster.OverwriteServing(ForgedCertificate.Serving(forged, Now, use: null));

        await replica.SettleAsync();

        Assert.Equal(good, cluster.Stored("ca.crt"));
        Assert.False(cluster.IsInABundle(forged.Certificate));
        Assert.Contains(replica.Log, line => line.Contains("ca.crt is not a CA as this program creates them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_NextAndRetiredCasOfAnAttacker_AreRemovedAndNeverTrusted()
    {
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var forged = Enumerable.Range(0, 50).Select(_ => ForgedCertificate.Authority(Now)).ToArray();
        var bundles = cluster.Bundles().ToArray();
        objects.Changed = () => Assert.Equal(bundles, cluster.Bundles(), StringComparer.Ordinal);
        cluster.OverwriteAuthority(forged[0], "next-ca");
        cluster.Overwrite(("retired-ca.crt", string.Concat(forged.Select(ca => ca.Certificate.ExportCertificatePem() + "\n"))));

        await replica.SettleAsync();
        time.Advance(Wait);
        await replica.SettleAsync();

        Assert.Null(cluster.Stored("next-ca.crt"));
        Assert.Null(cluster.Stored("retired-ca.crt"));
    }

    /// <summary>The replica that created a CA has written the Secret, but not the configurations yet.</summary>
    [Fact]
    public async Task Reconcile_NextCaOfAnotherReplica_IsKeptUntilItIsTrusted()
    {
        await using var slow = await StartAsync();
        await using var quick = await StartAsync();
        await slow.SettleAsync();
        await quick.SettleAsync();
        time.Advance(TimeSpan.FromDays(244));
        slow.Server.Fault = request => request is { Method: "PATCH", IsSecret: false } ? StubFault.Status(500) : null;
        await Assert.ThrowsAnyAsync<Exception>(slow.ReconcileAsync);
        var next = cluster.Stored("next-ca.crt")!;

        await quick.SettleAsync();
        Assert.Equal(next, cluster.Stored("next-ca.crt"));

        slow.Server.Fault = _ => null;
        await slow.SettleAsync();
        await quick.SettleAsync();
        Assert.Equal(next, cluster.Stored("next-ca.crt"));
        Assert.All(cluster.Bundles(), bundle => Assert.Contains(next, bundle, StringComparison.Ordinal));
    }

    private Task<CertificateReplica> StartAsync() => CertificateReplica.StartAsync(objects, time);
}
