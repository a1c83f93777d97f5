using System.Net;
using System.Text.Json.Nodes;

namespace StsWebhook.Tests.Support;

/// <summary>The native binary that reads a cluster from a <see cref="StubApiServer"/>.</summary>
internal sealed class ClusterWebhook : IAsyncDisposable
{
    private readonly ServingProcess process;

    private ClusterWebhook(ServingProcess process) => this.process = process;

    public WebhookClient Client => process.Client;

    public NativeProcess Process => process.Process;

    /// <summary>The output of the binary.</summary>
    public string Log => string.Join('\n', Process.Output.Concat(Process.Error));

    /// <summary>Starts the binary without waiting until it knows the cluster.</summary>
    public static async Task<ClusterWebhook> StartAsync(
        StubApiServer server, string[]? arguments = null, params (string Name, string Value)[] environment) => new(
            await ServingProcess.StartWithClusterAsync(
                ["--cluster", "kubeconfig", "--kubeconfig", server.Kubeconfig, .. arguments ?? []],
                // The machine that runs the tests may have a metadata service, which must not affect them.
                [("AWS_EC2_METADATA_DISABLED", "true"), .. environment]));

    /// <summary>Starts the binary, and waits until it watches the cluster.</summary>
    public static async Task<ClusterWebhook> StartWatchingAsync(
        StubApiServer server, string[]? arguments = null, params (string Name, string Value)[] environment)
    {
        var webhook = await StartAsync(server, arguments, environment);
        try
        {
            await webhook.ReadyAsync();
            await Eventually.HoldsAsync("a watch", () => server.Cluster.Watches == 1);
            return webhook;
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }
    }

    public Task ReadyAsync() => Eventually.HoldsAsync("readiness", async () => (await ReadinessAsync()).Status == HttpStatusCode.OK);

    public Task<Answer> ReadinessAsync() => Client.ManageAsync(HttpMethod.Get, "/readyz");

    public Task<Answer> MutateAsync(JsonNode review) => Client.PostAsync("/mutate", review);

    public Task<Answer> BindAsync(JsonNode review) => Client.PostAsync("/bind", review);

    /// <summary>Waits until a pod gets this region from this source.</summary>
    public Task RegionAsync(JsonNode pod, string source, string region) => Eventually.HoldsAsync($"{region} from {source}", async () =>
        (await MutateAsync(pod)).Response["auditAnnotations"] is { } audit
        && (string?)audit["region-source"] == source
        && (string?)audit["region"] == region);

    /// <summary>Waits until the metrics show these numbers of nodes for these regions, and no other region.</summary>
    public Task NodesAsync(params (string Region, int Count)[] expected) => Eventually.HoldsAsync("the nodes in the metrics", async () =>
    {
        var page = await Client.MetricsAsync();
        return page.Of("sts_webhook_nodes").Count() == expected.Length
            && expected.All(e => page.Sum("sts_webhook_nodes", $"region={e.Region}") is var nodes && (int)nodes == e.Count);
    });

    public async Task<int> RestartsAsync() =>
        (int)(await Client.MetricsAsync()).Sum("sts_webhook_watch_restarts_total", "resource=nodes");

    /// <summary>The matching lines that the binary has logged so far.</summary>
    public async Task<string[]> LoggedAsync(int eventId)
    {
        await SettleLogAsync();
        return Lines(eventId);
    }

    /// <summary>
    /// Lines arrive late but in order. Causes a line and waits for it: all earlier lines have arrived by then.
    /// </summary>
    public async Task SettleLogAsync()
    {
        const int Refused = 13;
        var before = Lines(Refused).Length;
        await Client.PostAsync("/mutate", []);
        await Eventually.HoldsAsync("the line that a body without a review makes", () => Lines(Refused).Length > before);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private string[] Lines(int eventId) =>
        [.. Process.Output.Where(line => line.Contains($"\"EventId\":{eventId},", StringComparison.Ordinal))];
}
