using System.Net;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>
/// The node's clock is set while the native binary runs, by Debian's libfaketime: its wall clock, as settimeofday(2) sets
/// it, and not the clock of the timers. WrongClockTests cover a year with wrong clocks.
/// </summary>
public sealed class ClockJumpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Clock_JumpsByWeeks_ConfigMapsAndCertificatesStayAsTheyShould()
    {
        var library = Path.Combine(Repository.PathOf(".tools"), "lib", "libfaketime.so.1");
        Assert.SkipUnless(File.Exists(library), "libfaketime is not here: .ci/install-faketime");
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        server.Cluster.Put(StubCluster.Node("node-a", "us-east-2"));
        server.Cluster.PutConfigMap(ClusterReview.Namespace, "settings", new JsonObject { ["AWS_REGION"] = "eu-west-1" });
        folder.Write("clock", "+0");
        await using var webhook = await BareWebhook.StartAsync(
            ["--kubeconfig", server.Kubeconfig, "--tls", "managed"],
            ("STS_WEBHOOK__CERTIFICATES__NAMESPACE", CertificateCluster.Namespace),
            ("LD_PRELOAD", library),
            ("FAKETIME_TIMESTAMP_FILE", folder["clock"]),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        await webhook.ReadyAsync();
        await Eventually.HoldsAsync("trust", () => cluster.Bundles().All(bundle => bundle.Length > 0));
        var certificate = cluster.Stored("tls.crt");
        Assert.Contains("configMapKeyRef", await DefaultRegionAsync(webhook, cluster), StringComparison.Ordinal);

        // Longer than a certificate lives, there and back.
        foreach (var clock in new[] { "+40d", "-40d", "+0" })
        {
            folder.Write("clock", clock);
            await Eventually.HoldsAsync("the other clock", async () => Math.Abs((await DateAsync(webhook) - server.Clock.GetUtcNow()).TotalDays) is var days
                && (clock == "+0" ? days < 1 : days > 39));
            Assert.NotNull(await DefaultRegionAsync(webhook, cluster));
        }

        // What was read before the clock was set back is not kept until it has caught up.
        server.Cluster.PutConfigMap(ClusterReview.Namespace, "settings", new JsonObject { ["LEVEL"] = "debug" });
        await Eventually.HoldsAsync("what the ConfigMap says now", async () => await DefaultRegionAsync(webhook, cluster) == "us-east-2");
        Assert.Equal(certificate, cluster.Stored("tls.crt"));
        Assert.Equal(HttpStatusCode.OK, (await webhook.GetAsync("/readyz")).Status);
    }

    /// <summary>What a pod gets as AWS_DEFAULT_REGION: a ConfigMap's key where that holds AWS_REGION, else the node's region.</summary>
    private static async Task<string?> DefaultRegionAsync(BareWebhook webhook, CertificateCluster cluster)
    {
        await using var connection = await webhook.ConnectAsync(
            CertificateCluster.ServiceHost, CertificateCluster.Policy(cluster.Bundles().First(), TimeProvider.System.GetUtcNow()));
        var answer = await connection.PostAsync(
            "/mutate", ClusterReview.Pod("""{"envFrom":[{"configMapRef":{"name":"settings"}}]}""").Utf8());
        return answer.Variables().GetValueOrDefault("AWS_DEFAULT_REGION");
    }

    private static async Task<DateTimeOffset> DateAsync(BareWebhook webhook)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"http://127.0.0.1:{webhook.ManagementPort}/livez", TestContext.Current.CancellationToken);
        return answer.Headers.Date!.Value;
    }
}
