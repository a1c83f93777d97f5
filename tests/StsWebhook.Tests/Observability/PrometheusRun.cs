using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Observability;

/// <summary>
/// Two native replicas under a mixed load, while their cluster, their settings and their certificate change, and the
/// real Prometheus that scrapes them with the shipped rules. At the end one replica goes, then the other.
/// </summary>
public sealed class PrometheusRun : IAsyncLifetime
{
    private static readonly string[] Pods = ["sts-webhook-7d4b-k2x9p", "sts-webhook-7d4b-vq6tn"];

    /// <summary>How long each part of the run lasts; <c>make docs</c> takes longer ones, for a picture with more in it.</summary>
    private static readonly TimeSpan Part = TimeSpan.FromSeconds(double.Parse(
        Environment.GetEnvironmentVariable("STS_WEBHOOK_RUN_PART_SECONDS") is { Length: > 0 } seconds ? seconds : "5", CultureInfo.InvariantCulture));

    private readonly string? binary = Repository.Tool("prometheus");

    /// <summary>What the dashboard came to while the load ran.</summary>
    internal DashboardRecord Dashboard { get; } = new();

    /// <summary>What the expression of each alert came to when what it is about was the case.</summary>
    internal Dictionary<string, IReadOnlyList<Series>> Alerts { get; } = new(StringComparer.Ordinal);

    /// <summary>The alerts of the rule file, as Prometheus read it.</summary>
    internal Dictionary<string, string> AlertExpressions { get; } = new(StringComparer.Ordinal);

    /// <summary>Errors of rules, as Prometheus reports them.</summary>
    internal List<string> RuleErrors { get; } = [];

    public async ValueTask InitializeAsync()
    {
        if (binary is null)
        {
            return;
        }

        using var mount = new MountedSecret();
        Mount(mount, age: TimeSpan.FromDays(2));
        using var folder = new TemporaryFolder();
        var settings = folder.Write("settings.json", "{}");
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Put(StubCluster.Node("bare-metal", region: null));
        server.Fault = request => request.Path.EndsWith("/configmaps/hidden", StringComparison.Ordinal) ? StubFault.Status(403) : null;
        await using var collector = await TraceCollector.StartAsync();
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var figures = await ClusterFigures.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(binary, Repository.Alerts, Jobs(figures.Address, first, second));
        using var firstClient = Client(first, mount);
        using var secondClient = Client(second, mount);
        await ReadRulesAsync(prometheus);
        await Eventually.HoldsAsync("the first scrape", async () => (await prometheus.QueryAsync("count(sts_webhook_build_info) == 2")).Count > 0);
        var started = TimeProvider.System.GetUtcNow();

        await using (new MixedLoad([firstClient, secondClient]))
        {
            await LiveAsync(server, folder, prometheus, first, firstClient);
            await Dashboard.TakeAsync(prometheus, started);
            await AwaitAlertsAsync(prometheus, except: ["StsWebhookDown", "StsWebhookTooFewReplicas", "StsWebhookCertificateExpires"]);
        }

        Mount(mount, age: TimeSpan.FromDays(25));
        await AwaitAlertAsync(prometheus, "StsWebhookCertificateExpires");
        await second.Process.TerminateAsync();
        await AwaitAlertAsync(prometheus, "StsWebhookTooFewReplicas");
        await first.Process.TerminateAsync();
        await AwaitAlertAsync(prometheus, "StsWebhookDown");
        RuleErrors.AddRange((await RulesAsync(prometheus))
            .Select(rule => rule.TryGetProperty("lastError", out var error) ? error.GetString() : null)
            .OfType<string>().Where(error => error.Length > 0));

        async Task<BareWebhook> StartAsync()
        {
            var replica = await BareWebhook.StartAsync(
                ["--cluster", "kubeconfig", "--kubeconfig", server.Kubeconfig, "--tls", "files", "--tls-dir", mount.Folder, "--config", settings],
                ("STS_WEBHOOK__METRICS__NAMESPACE_LABEL", "true"),
                ("STS_WEBHOOK__SHUTDOWN_DELAY", "0"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
            await replica.ReadyAsync();
            return replica;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Skips a test where there is no Prometheus.</summary>
    public void Demand() => Assert.SkipWhen(binary is null, "prometheus is not here: .ci/install-prometheus fetches it");

    /// <summary>What happens to a cluster in a week, within a minute.</summary>
    private static async Task LiveAsync(
        StubApiServer server, TemporaryFolder folder, PrometheusServer prometheus, BareWebhook replica, WebhookClient client)
    {
        await Task.Delay(Part);
        await ExhaustConnectionsAsync(replica);
        await CloseDuringReviewAsync(client);
        server.Cluster.Put(StubCluster.Node("ip-10-0-1-17", "us-east-2"));
        server.Cluster.Put(StubCluster.Node("ip-10-0-2-40", "us-east-2"));
        await Task.Delay(Part);
        server.Cluster.Put(StubCluster.Node("ip-10-1-0-8", "eu-west-1"));
        folder.Write("settings.json", """{"policy":{"rules":{"invalid-mode":"deny"}}}""");
        await Task.Delay(Part);
        folder.Write("settings.json", """{"policy":{"enforce":"block"}}""");
        await Task.Delay(Part);
        await server.StopAsync();
        await Eventually.HoldsAsync("watches that break again and again", async () =>
            (await prometheus.QueryAsync("min(sts_webhook_watch_restarts_total{resource=\"nodes\"}) > 6")).Count > 0);
        await server.StartAgainAsync();
        await ExhaustConnectionsAsync(replica);
        await CloseDuringReviewAsync(client);
        await Task.Delay(Part);
    }

    /// <summary>Opens more idle connections to the management port than a replica accepts, so that it evicts some.</summary>
    private static async Task ExhaustConnectionsAsync(BareWebhook replica)
    {
        const int MoreThanTheLimit = 4200;
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < MoreThanTheLimit; i++)
            {
                sockets.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                await sockets[^1].ConnectAsync(IPAddress.Loopback, replica.ManagementPort);
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Closes a connection before the body of its review is complete.</summary>
    private static async Task CloseDuringReviewAsync(WebhookClient client)
    {
        await using var connection = await client.ConnectAsync();
        await connection.SendAsync(
            "POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{");
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        connection.Reset();
    }

    private static void Mount(MountedSecret mount, TimeSpan age)
    {
        var issued = TimeProvider.System.GetUtcNow() - age;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sts-webhook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        using var certificate = request.CreateSelfSigned(issued - TimeSpan.FromMinutes(5), issued.AddDays(30));
        mount.Swap(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tls.crt"] = certificate.ExportCertificatePem(),
            ["tls.key"] = key.ExportPkcs8PrivateKeyPem(),
        });
    }

    private static WebhookClient Client(BareWebhook replica, MountedSecret mount) =>
        new(replica.HttpsPort, replica.ManagementPort, Path.Combine(mount.Folder, "tls.crt"));

    private static string Jobs(Uri figures, params BareWebhook[] replicas) => $$"""
          - job_name: sts-webhook
            static_configs:
        {{string.Join('\n', replicas.Select((replica, i) => $$"""
              - targets: ["127.0.0.1:{{replica.ManagementPort}}"]
                labels: {cluster: blue, namespace: sts-webhook, pod: {{Pods[i]}}}
        """))}}
          - job_name: cluster
            honor_labels: true
            static_configs:
              - targets: ["{{figures.Authority}}"]
                labels: {cluster: blue}
        """;

    private static async Task<JsonElement[]> RulesAsync(PrometheusServer prometheus) =>
        [.. (await prometheus.GetAsync("rules")).GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray())];

    private async Task ReadRulesAsync(PrometheusServer prometheus)
    {
        foreach (var rule in (await RulesAsync(prometheus)).Where(rule => rule.GetProperty("type").GetString() == "alerting"))
        {
            AlertExpressions.Add(rule.GetProperty("name").GetString()!, rule.GetProperty("query").GetString()!);
        }
    }

    private async Task AwaitAlertsAsync(PrometheusServer prometheus, string[] except)
    {
        foreach (var alert in AlertExpressions.Keys.Except(except, StringComparer.Ordinal))
        {
            await AwaitAlertAsync(prometheus, alert);
        }
    }

    private async Task AwaitAlertAsync(PrometheusServer prometheus, string alert) =>
        Alerts[alert] = await Eventually.GetAsync(alert, async () =>
            await prometheus.QueryAsync(AlertExpressions[alert]) is { Count: > 0 } series ? series : null);
}
