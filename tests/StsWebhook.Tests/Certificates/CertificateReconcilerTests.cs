using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>Single reconciliations, against objects with the versions and conflicts of an API server.</summary>
public sealed class CertificateReconcilerTests
{
    private readonly StubObjects objects = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CertificateCluster cluster;

    public CertificateReconcilerTests() => cluster = new CertificateCluster(objects);

    private DateTimeOffset Now => time.GetUtcNow();

    [Fact]
    public async Task Reconcile_EmptyCluster_CreatesTheSecretAndTrust()
    {
        cluster.Install();
        await using var replica = await StartAsync();

        await replica.SettleAsync();

        cluster.AssertTrusted(replica.Serving.Leaf!, Now);
        Assert.Equal(replica.Serving.Leaf!.RawData, X509Certificate2.CreateFromPem(cluster.Stored("tls.crt")!).RawData);
        Assert.Equal(Now.AddDays(30), replica.Serving.Leaf.Expiry());
        Assert.Equal(Now.AddHours(-1), replica.Serving.Leaf.Begin());
        Assert.Equal(Now.AddDays(365), Assert.Single(CertificateCluster.Authorities(cluster.Bundles().First())).Expiry());
        Assert.Equal(ReconcileResult.Unchanged, await replica.ReconcileAsync());
    }

    [Fact]
    public async Task Reconcile_EmptySecretOfTheChart_IsFilled()
    {
        objects.Put(CertificateCluster.Secrets, CertificateCluster.Secret, Secret(new JsonObject(), "kubernetes.io/tls"));
        await using var replica = await StartAsync();

        await replica.SettleAsync();

        var json = objects.Find(CertificateCluster.Secrets, CertificateCluster.Secret)!;
        Assert.Equal("kubernetes.io/tls", (string?)json["type"]);
        Assert.Equal("kept", (string?)json["metadata"]!["labels"]!["of"]);
        Assert.NotNull(cluster.Stored("tls.key"));
        Assert.DoesNotContain(replica.Log, line => line.StartsWith("43 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_Configurations_ChangesOnlyTheBundle()
    {
        cluster.Install();
        await using var replica = await StartAsync();

        await replica.SettleAsync();

        foreach (var kind in CertificateCluster.Kinds)
        {
            var json = objects.Find(kind, CertificateCluster.Configuration)!;
            json["webhooks"]![0]!["clientConfig"]!.AsObject().Remove("caBundle");
            json["webhooks"]![1]!["clientConfig"]!["caBundle"] = "AAAA";
            json["metadata"]!.AsObject().Remove("resourceVersion");
            Assert.True(JsonNode.DeepEquals(CertificateCluster.Empty(), json), json.ToJsonString());
        }
    }

    [Fact]
    public async Task Reconcile_NoConfigurations_ServesAndLogsThemOnce()
    {
        await using var replica = await StartAsync();

        Assert.Equal(ReconcileResult.Updated, await replica.ReconcileAsync());
        Assert.Equal(ReconcileResult.Unchanged, await replica.ReconcileAsync());
        Assert.NotNull(replica.Serving.Leaf);
        Assert.Equal(2, replica.Log.Count(line => line.StartsWith("45 ", StringComparison.Ordinal)));

        cluster.Install();
        Assert.Equal(ReconcileResult.Updated, await replica.ReconcileAsync());
        cluster.AssertTrusted(replica.Serving.Leaf, Now);
    }

    [Fact]
    public async Task Reconcile_BundleOverwritten_RestoresIt()
    {
        cluster.Install();
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var leaf = replica.Serving.Leaf!;

        cluster.Install();
        await replica.SettleAsync();

        cluster.AssertTrusted(leaf, Now);
        Assert.Same(leaf, replica.Serving.Leaf);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Reconcile_ManyReplicasAtOnce_EndsWithOneCa(int count)
    {
        cluster.Install();
        var replicas = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync()));

        await Task.WhenAll(replicas.Select(replica => replica.SettleAsync()));

        Assert.Single(replicas.Select(replica => replica.Serving.Leaf!.Thumbprint).Distinct(StringComparer.Ordinal));
        Assert.All(cluster.Bundles(), bundle => Assert.Single(CertificateCluster.Authorities(bundle)));
        Assert.Equal(1, replicas.Sum(replica => replica.Log.Count(line => line.StartsWith("42 ", StringComparison.Ordinal))));
        cluster.AssertTrusted(replicas[0].Serving.Leaf!, Now);
        await DisposeAsync(replicas);
    }

    [Fact]
    public async Task Reconcile_SecretDeleted_RestoresItFromMemory()
    {
        cluster.Install();
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var (leaf, bundles) = (replica.Serving.Leaf!, cluster.Bundles().ToArray());

        objects.Remove(CertificateCluster.Secrets, CertificateCluster.Secret);
        await replica.SettleAsync();

        Assert.Same(leaf, replica.Serving.Leaf);
        Assert.Equal(bundles, cluster.Bundles(), StringComparer.Ordinal);
        Assert.Contains(leaf.ExportCertificatePem(), cluster.Stored("tls.crt"), StringComparison.Ordinal);
        Assert.Contains(replica.Log, line => line.Contains("restored from memory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_SecretDeletedAndNewReplicaWritesFirst_ServedCertificatesStayTrusted()
    {
        cluster.Install();
        await using var old = await StartAsync();
        await old.SettleAsync();
        await using var fresh = await StartAsync();
        objects.Remove(CertificateCluster.Secrets, CertificateCluster.Secret);
        objects.Changed = () => AssertAllTrusted(old, fresh);

        await fresh.SettleAsync();
        AssertAllTrusted(old, fresh);
        await old.SettleAsync();

        AssertAllTrusted(old, fresh);
        Assert.Equal(fresh.Serving.Leaf!.Thumbprint, old.Serving.Leaf!.Thumbprint);
        Assert.All(cluster.Bundles(), bundle => Assert.Equal(2, CertificateCluster.Authorities(bundle).Count));
    }

    [Theory]
    [InlineData("tls.crt", "nonsense", "tls.crt does not contain valid certificates")]
    [InlineData("tls.key", "nonsense", "tls.key does not contain the unencrypted key of the certificate in tls.crt")]
    [InlineData("tls.key", null, "tls.key does not contain the unencrypted key of the certificate in tls.crt")]
    [InlineData("ca.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "ca.crt does not contain valid certificates")]
    [InlineData("ca.key", "", "ca.key does not contain the unencrypted key of the certificate in ca.crt")]
    [InlineData("next-ca.crt", "nonsense", "next-ca.crt does not contain valid certificates")]
    [InlineData("retired-ca.crt", "nonsense", "retired-ca.crt does not contain valid certificates")]
    public async Task Reconcile_SecretInvalid_LogsTheKeyAndReplacesIt(string key, string? text, string expected)
    {
        cluster.Install();
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var leaf = replica.Serving.Leaf!;
        Overwrite(key, text);

        await replica.SettleAsync();

        Assert.Contains(expected, Assert.Single(replica.Log, line => line.StartsWith("43 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Same(leaf, replica.Serving.Leaf);
        cluster.AssertTrusted(leaf, Now);

        Overwrite(key, text);
        await using var fresh = await StartAsync();
        await fresh.SettleAsync();
        cluster.AssertTrusted(fresh.Serving.Leaf!, Now);
        Assert.Equal(fresh.Serving.Leaf!.Thumbprint, X509Certificate2.CreateFromPem(cluster.Stored("tls.crt")!).Thumbprint);
    }

    [Fact]
    public async Task Reconcile_ServingCertificateOfAnotherCa_IsReplaced()
    {
        cluster.Install();
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        var foreign = CertificateAuthority.Create(Now).Issue([CertificateCluster.ServiceHost], Now);
        Overwrite("tls.crt", foreign.CertificatesPem);
        Overwrite("tls.key", foreign.Leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

        await replica.SettleAsync();

        Assert.NotEqual(foreign.Leaf, replica.Serving.Leaf!);
        cluster.AssertTrusted(replica.Serving.Leaf!, Now);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Reconcile_SlowReplica_DoesNotRevertANewerBundle(int requests)
    {
        cluster.Install();
        await using var slow = await StartAsync();
        await using var quick = await StartAsync();
        await slow.SettleAsync();
        await quick.SettleAsync();
        cluster.Install();
        var (seen, go) = (0, new TaskCompletionSource());
        slow.Server.Fault = _ => Interlocked.Increment(ref seen) > requests ? StubFault.HoldUntil(go.Task) : null;
        var pending = slow.ReconcileAsync();
        await Eventually.HoldsAsync("the request that is held", () => Volatile.Read(ref seen) > requests);

        time.Advance(TimeSpan.FromDays(244));
        await quick.SettleAsync();
        var next = cluster.Stored("next-ca.crt")!;
        objects.Changed = () => Assert.All(cluster.Bundles(), bundle => Assert.Contains(next, bundle, StringComparison.Ordinal));
        go.SetResult();
        await pending;

        Assert.All(cluster.Bundles(), bundle => Assert.Contains(next, bundle, StringComparison.Ordinal));
        cluster.AssertTrusted(quick.Serving.Leaf!, Now);
    }

    [Fact]
    public async Task Reconcile_TwoReplicasRenewAtOnce_OneWins()
    {
        cluster.Install();
        await using var slow = await StartAsync();
        await using var quick = await StartAsync();
        await slow.SettleAsync();
        await quick.SettleAsync();
        time.Advance(TimeSpan.FromDays(21));
        var go = new TaskCompletionSource();
        slow.Server.Fault = request => request.IsWrite ? StubFault.HoldUntil(go.Task) : null;
        var pending = slow.ReconcileAsync();
        await Eventually.HoldsAsync("the write that is held", () => slow.Server.Requests.Last().IsWrite);
        await quick.SettleAsync();
        var winner = cluster.Stored("tls.crt");

        go.SetResult();

        Assert.Equal(ReconcileResult.Conflict, await pending);
        Assert.Equal(winner, cluster.Stored("tls.crt"));
        await slow.SettleAsync();
        Assert.Equal(quick.Serving.Leaf!.Thumbprint, slow.Serving.Leaf!.Thumbprint);
    }

    [Fact]
    public async Task Reconcile_NextCa_SignsAfterAnHourOfTrustWithoutInterruption()
    {
        cluster.Install();
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        time.Advance(TimeSpan.FromDays(244));
        await replica.SettleAsync();
        var next = cluster.Stored("next-ca.crt")!;

        time.Advance(TimeSpan.FromMinutes(59));
        await replica.SettleAsync();
        Assert.Equal(next, cluster.Stored("next-ca.crt"));

        // The hour starts again.
        cluster.Install();
        time.Advance(TimeSpan.FromMinutes(2));
        await replica.SettleAsync();
        Assert.Equal(next, cluster.Stored("next-ca.crt"));

        time.Advance(TimeSpan.FromMinutes(61));
        await replica.SettleAsync();
        Assert.Equal(next, cluster.Stored("ca.crt"));
        cluster.AssertTrusted(replica.Serving.Leaf!, Now);
    }

    [Fact]
    public async Task Reconcile_NextCaCannotBeTrusted_DoesNotSign()
    {
        cluster.Install();
        await using var replica = await StartAsync();
        await replica.SettleAsync();
        replica.Server.Fault = request => request is { Method: "PATCH", IsSecret: false } ? StubFault.Status(403) : null;

        for (var day = 0; day < 350; day += 10)
        {
            time.Advance(TimeSpan.FromDays(10));
            await replica.ReconcileAsync();
            cluster.AssertTrusted(replica.Serving.Leaf!, Now);
        }

        Assert.NotNull(cluster.Stored("next-ca.crt"));
    }

    [Fact]
    public async Task Reconcile_ReplicasWithDifferentNames_DoNotOverwriteEachOther()
    {
        cluster.Install();
        await using var one = await StartAsync("one.example", "10.0.0.1");
        await using var other = await StartAsync("other.example");
        await one.SettleAsync();
        await other.SettleAsync();

        Assert.Equal(ReconcileResult.Unchanged, await one.ReconcileAsync());
        Assert.Equal(ReconcileResult.Unchanged, await other.ReconcileAsync());
        Assert.Equal(
            ["10.0.0.1", "one.example", "other.example", CertificateCluster.ServiceHost],
            Rotation.NamesOf(one.Serving.Leaf!).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);

        time.Advance(TimeSpan.FromDays(21));
        await other.SettleAsync();
        Assert.DoesNotContain("one.example", Rotation.NamesOf(other.Serving.Leaf!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Reconcile_ConfigurationsForbidden_ServesAndLogsOnce()
    {
        cluster.Install();
        await using var replica = await StartAsync();
        replica.Server.Fault = request => request.ObjectKind is not null && !request.IsSecret ? StubFault.Status(403) : null;

        await replica.ReconcileAsync();
        await replica.ReconcileAsync();

        Assert.NotNull(replica.Serving.Leaf);
        Assert.Equal(2, replica.Log.Count(line => line.StartsWith("30 ", StringComparison.Ordinal)));

        replica.Server.Fault = _ => null;
        await replica.SettleAsync();
        cluster.AssertTrusted(replica.Serving.Leaf, Now);
    }

    private Task<CertificateReplica> StartAsync(params string[] extraNames) => CertificateReplica.StartAsync(objects, time, extraNames: extraNames);

    private void AssertAllTrusted(params CertificateReplica[] replicas)
    {
        foreach (var replica in replicas)
        {
            if (replica.Serving.Leaf is { } leaf)
            {
                cluster.AssertTrusted(leaf, Now);
            }
        }
    }

    private void Overwrite(string key, string? text)
    {
        var json = objects.Find(CertificateCluster.Secrets, CertificateCluster.Secret)!;
        if (text is null)
        {
            json["data"]!.AsObject().Remove(key);
        }
        else
        {
            json["data"]![key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        objects.Put(CertificateCluster.Secrets, CertificateCluster.Secret, json);
    }

    private static JsonObject Secret(JsonObject data, string type) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = CertificateCluster.Secret, ["labels"] = new JsonObject { ["of"] = "kept" } },
        ["type"] = type,
        ["data"] = data,
    };

    private static async Task DisposeAsync(IEnumerable<CertificateReplica> replicas)
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }
}
