using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>The annotation that revokes CAs, with several replicas.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly StubObjects objects = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CertificateCluster cluster;
    private readonly List<CertificateReplica> replicas = [];
    private CertificateAuthority? first;

    public RevocationTests()
    {
        cluster = new CertificateCluster(objects);
        cluster.Install();
    }

    private CertificateAuthority Stolen => first!;

    private DateTimeOffset Now => time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            var replica = await CertificateReplica.StartAsync(objects, time);
            await replica.SettleAsync();
            replicas.Add(replica);
        }

        first = cluster.StoredAuthority();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task Reconcile_CaRevoked_ReplacesItAtOnce()
    {
        Revoke();

        Assert.Equal(ReconcileResult.Updated, await replicas[0].ReconcileAsync());

        AssertRevoked();
        cluster.AssertTrusted(replicas[0].Serving.Leaf!, Now);
        Assert.Contains(replicas[0].Log, line => line.Contains("ca.crt is revoked, created a CA", StringComparison.Ordinal));
        await SettleAllAsync();
        Assert.All(replicas, replica => cluster.AssertTrusted(replica.Serving.Leaf!, Now));
        Assert.Equal(1, replicas.Sum(replica => replica.Log.Count(line => line.Contains("created a CA", StringComparison.Ordinal))) - 1);
    }

    [Fact]
    public async Task Reconcile_AllReplicasAtOnce_EndWithOneNewCa()
    {
        Revoke();

        await Task.WhenAll(replicas.Select(replica => replica.SettleAsync()));
        await SettleAllAsync();

        AssertRevoked();
        Assert.Single(replicas.Select(replica => replica.Serving.Leaf!.Thumbprint).Distinct(StringComparer.Ordinal));
        Assert.All(cluster.Bundles(), bundle => Assert.Single(CertificateCluster.Authorities(bundle)));
    }

    [Fact]
    public async Task Reconcile_AnnotationStays_NothingChangesAgain()
    {
        Revoke();
        await SettleAllAsync();
        var replaced = cluster.Stored("ca.crt");

        time.Advance(TimeSpan.FromDays(2));
        await SettleAllAsync();

        Assert.Equal(replaced, cluster.Stored("ca.crt"));
    }

    [Fact]
    public async Task Reconcile_RevokedWhileAReplicaIsAway_ItDoesNotBringTheCaBack()
    {
        Revoke();
        await replicas[0].SettleAsync();
        objects.Changed = AssertRevoked;

        // As after a crash: the Secret is gone, and the first to write it is a replica that knows the old CA only.
        objects.Remove(CertificateCluster.Secrets, CertificateCluster.Secret);
        await replicas[0].SettleAsync();
        await replicas[1].SettleAsync();
        await replicas[2].SettleAsync();

        AssertRevoked();
    }

    [Fact]
    public async Task Start_AfterTheRevocation_DoesNotTrustTheCa()
    {
        Revoke();
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        replicas.Clear();
        replicas.Add(await CertificateReplica.StartAsync(objects, time));
        await SettleAllAsync();

        AssertRevoked();
        cluster.AssertTrusted(replicas[0].Serving.Leaf!, Now);
    }

    [Fact]
    public async Task Reconcile_NextCa_IsRevokedWithTheCa()
    {
        time.Advance(TimeSpan.FromDays(244));
        await SettleAllAsync();
        var next = X509Certificate2.CreateFromPem(cluster.Stored("next-ca.crt")!);
        Assert.True(cluster.IsInABundle(next));

        Revoke();
        await SettleAllAsync();

        AssertRevoked();
        Assert.False(cluster.IsInABundle(next));
        Assert.Contains(next.SerialNumber.TrimStart('0'), Annotation(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_RetiredCaRevoked_LeavesTheBundles()
    {
        time.Advance(TimeSpan.FromDays(244));
        await SettleAllAsync();
        time.Advance(TimeSpan.FromMinutes(61));
        await SettleAllAsync();
        var current = cluster.Stored("ca.crt");
        Assert.True(cluster.IsInABundle(Stolen.Certificate));

        Revoke();
        await SettleAllAsync();

        AssertRevoked();
        Assert.Equal(current, cluster.Stored("ca.crt"));
    }

    [Fact]
    public async Task Reconcile_ConfigurationCannotBeWritten_ServesWhatClientsTrust()
    {
        replicas[0].Server.Fault = request => request is { Method: "PATCH", IsSecret: false } ? StubFault.Status(403) : null;
        Revoke();

        await replicas[0].ReconcileAsync();
        cluster.AssertTrusted(replicas[0].Serving.Leaf!, Now);

        replicas[0].Server.Fault = _ => null;
        await SettleAllAsync();
        AssertRevoked();
        Assert.All(replicas, replica => cluster.AssertTrusted(replica.Serving.Leaf!, Now));
    }

    private void Revoke() => cluster.Revoke(Stolen.Certificate.SerialNumber);

    private string Annotation() => (string)objects.Find(CertificateCluster.Secrets, CertificateCluster.Secret)!
        ["metadata"]!["annotations"]!["sts-webhook.io/revoke"]!;

    private async Task SettleAllAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var replica in replicas)
            {
                await replica.SettleAsync();
            }
        }
    }

    private void AssertRevoked()
    {
        var evil = Stolen.Issue([CertificateCluster.ServiceHost], Now).Leaf;
        Assert.All(cluster.Bundles(), bundle => Assert.NotNull(CertificateCluster.Verify(evil, bundle, Now)));
        Assert.False(cluster.IsInABundle(Stolen.Certificate));
    }
}
