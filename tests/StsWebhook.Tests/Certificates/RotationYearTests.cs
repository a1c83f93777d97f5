using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>
/// More than a year of rotations. At every change of an object, at every step of a replica and at every tick of the
/// clock, what each replica serves is verified by an API server that trusts what a webhook configuration says, and
/// nothing else.
/// </summary>
public sealed class RotationYearTests : IAsyncDisposable
{
    private const int Days = 430;
    private const int Written = 42;

    private readonly StubObjects objects = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CertificateCluster cluster;
    private readonly List<CertificateReplica> replicas = [];
    private readonly HashSet<string> leaves = new(StringComparer.Ordinal);
    private readonly HashSet<string> authorities = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];
    private readonly Random random = new(5);
    private int checks;

    public RotationYearTests()
    {
        cluster = new CertificateCluster(objects);
        cluster.Install();
    }

    private int Day => (int)(time.GetUtcNow() - time.Start).TotalDays;

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task ThreeReplicas_ServedCertificatesAreAlwaysTrusted()
    {
        await StartAsync(jitters: [0, 0.4, 1]);

        await LiveAsync(TimeSpan.FromHours(12), _ => true);

        AssertRotated();
    }

    [Fact]
    public async Task ReplicaThatReconcilesEveryFiveDays_IsAlwaysTrusted()
    {
        await StartAsync(jitters: [0, 0.5, 1]);

        await LiveAsync(TimeSpan.FromDays(1), i => i != 2 || Day % 5 == 4);

        AssertRotated();
    }

    [Fact]
    public async Task ReplicaStoppedDuringTheRotation_IsTrustedAfterIt()
    {
        await StartAsync(jitters: [0, 0.5, 1]);

        // The CA is replaced on day 243. One replica is gone meanwhile, the other one cannot reach its API server.
        await LiveAsync(TimeSpan.FromDays(1), i => i == 0 || Day is < 240 or > 247, async () =>
        {
            if (Day == 240 && replicas.Count == 3)
            {
                await replicas[2].DisposeAsync();
                replicas.RemoveAt(2);
            }
            else if (Day == 248 && replicas.Count == 2)
            {
                replicas.Add(await CertificateReplica.StartAsync(objects, time));
            }
        });

        AssertRotated();
    }

    [Fact]
    public async Task SlowRequestsInAnyOrder_ServedCertificatesAreAlwaysTrusted()
    {
        await StartAsync(jitters: [0, 0, 0]);
        foreach (var replica in replicas)
        {
            replica.Server.Fault = _ => random.Next(3) switch
            {
                0 => StubFault.HoldUntil(Task.Delay(random.Next(4))),
                1 => StubFault.HoldAnswerUntil(Task.Delay(random.Next(4))),
                _ => null,
            };
        }

        await LiveAsync(TimeSpan.FromDays(2), _ => true, together: true);

        AssertRotated(leastChecks: 200);
    }

    [Fact]
    public async Task WriteDelayedForDays_DoesNotRevertLaterWrites()
    {
        await StartAsync(jitters: [0, 0.5, 1]);
        var delayed = new TaskCompletionSource();
        Task<ReconcileResult>? slow = null;

        await LiveAsync(TimeSpan.FromDays(1), i => i != 2 || slow is not { IsCompleted: false }, async () =>
        {
            if (Day == 242 && slow is null)
            {
                // Somebody clears the bundle. One replica reads that, and its repair is under way while the CA changes.
                objects.Changed = () => { };
                cluster.Install();
                replicas[2].Server.Fault = request => request.IsWrite ? StubFault.HoldUntil(delayed.Task) : null;
                slow = replicas[2].ReconcileAsync();
                await Eventually.HoldsAsync("the delayed write", () => replicas[2].Server.Requests.Last().IsWrite);
                await replicas[0].SettleAsync();
                objects.Changed = Check;
            }
            else if (Day == 248 && !delayed.Task.IsCompleted)
            {
                delayed.SetResult();
                replicas[2].Server.Fault = _ => null;
                Assert.Equal(ReconcileResult.Conflict, await slow!);
            }
        });

        AssertRotated();
    }

    [Theory]
    [InlineData(-800, 400)]
    [InlineData(30, -30)]
    public async Task ReplicasWithWrongClocks_UseTheApiServersClock(int daysOfOne, int daysOfOther)
    {
        replicas.Add(await CertificateReplica.StartAsync(objects, time, new SkewedClock(time, TimeSpan.FromDays(daysOfOne))));
        replicas.Add(await CertificateReplica.StartAsync(objects, time, new SkewedClock(time, TimeSpan.FromDays(daysOfOther))));
        replicas.Add(await CertificateReplica.StartAsync(objects, time));
        await replicas[0].SettleAsync();

        await LiveAsync(TimeSpan.FromDays(1), _ => true);

        AssertRotated();
        Assert.Equal([1, 1, 0], replicas.Select(r => r.Log.Count(line => line.StartsWith("47 Warning", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task ApiServersWithDifferentClocks_AllTrustTheCertificates()
    {
        foreach (var minutes in new[] { -25, 0, 25 })
        {
            var clock = new SkewedClock(time, TimeSpan.FromMinutes(minutes));
            replicas.Add(await CertificateReplica.StartAsync(objects, clock, clock));
        }

        await replicas[2].SettleAsync();

        await LiveAsync(TimeSpan.FromDays(1), _ => true);

        AssertRotated();
    }

    private async Task StartAsync(params double[] jitters)
    {
        foreach (var jitter in jitters)
        {
            replicas.Add(await CertificateReplica.StartAsync(objects, time, jitter: jitter));
        }

        await replicas[0].SettleAsync();
    }

    /// <summary>Lets the time pass, with the replicas that are awake acting in any order, or all at once.</summary>
    private async Task LiveAsync(TimeSpan pace, Func<int, bool> isAwake, Func<Task>? also = null, bool together = false)
    {
        objects.Changed = Check;
        while (Day < Days)
        {
            if (also is not null)
            {
                await also();
            }

            var awake = replicas.Where((_, i) => isAwake(i)).OrderBy(_ => random.Next()).ToArray();
            if (together)
            {
                await Task.WhenAll(awake.Select(replica => replica.SettleAsync()));
            }
            else
            {
                foreach (var replica in awake)
                {
                    await replica.SettleAsync();
                    Check();
                }
            }

            time.Advance(pace);
            Check();
            Assert.Empty(failures);
        }
    }

    private void Check()
    {
        lock (failures)
        {
            var now = time.GetUtcNow();
            var bundles = cluster.Bundles().Distinct(StringComparer.Ordinal).ToArray();
            foreach (var bundle in bundles)
            {
                authorities.UnionWith(CertificateCluster.Authorities(bundle).Select(c => c.Subject));
                foreach (var leaf in replicas.Select(r => r.Serving.Leaf).OfType<X509Certificate2>().DistinctBy(l => l.Thumbprint, StringComparer.Ordinal))
                {
                    checks++;
                    leaves.Add(leaf.Thumbprint);
                    if (CertificateCluster.Verify(leaf, bundle, now) is { } why)
                    {
                        failures.Add($"day {Day}: {leaf.Issuer}, {leaf.Begin():u} to {leaf.Expiry():u}: {why}");
                    }
                }
            }
        }
    }

    /// <summary>Serving certificates every 20 days, two CAs, and the first of them gone by now.</summary>
    private void AssertRotated(int leastChecks = 1000)
    {
        Assert.InRange(leaves.Count, 20, 25);
        Assert.Equal(2, authorities.Count);
        Assert.All(cluster.Bundles(), bundle => Assert.Single(CertificateCluster.Authorities(bundle)));
        Assert.Null(cluster.Stored("retired-ca.crt"));
        Assert.Null(cluster.Stored("next-ca.key"));
        Assert.True(checks > leastChecks, $"only {checks} checks");
        Assert.DoesNotContain(replicas.SelectMany(r => r.Log), line => line.Contains("Error", StringComparison.Ordinal));
        Assert.InRange(replicas.Sum(r => r.Log.Count(line => line.StartsWith($"{Written} ", StringComparison.Ordinal))), 1, 30);
    }
}
