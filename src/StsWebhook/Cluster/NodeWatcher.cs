using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Keeps <see cref="LiveNodes"/> as the cluster has them: lists in pages, then watches from where the list ended
/// (kubernetes.io/docs/reference/using-api/api-concepts). A watch that breaks is resumed; one whose place is too old
/// (410 Gone) begins with a list again. While the API server is away, the last known nodes stay.
/// </summary>
internal sealed class NodeWatcher(
    ApiServer api, LiveNodes live, ServerMetrics metrics, TimeProvider time, ILogger<NodeWatcher> log) : BackgroundService
{
    private const string Resource = "nodes";
    private const int PageSize = 500;

    /// <summary>How long the server keeps a watch open; it ends in order, and is resumed.</summary>
    private const int WatchSeconds = 300;

    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(30);

    /// <summary>A connection that died without a word would otherwise be listened to for ever.</summary>
    private static readonly TimeSpan WatchLimit = TimeSpan.FromSeconds(WatchSeconds + 30);

    private readonly NodeReader reader = new();
    private readonly Backoff backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));
    private Dictionary<string, Node> nodes = new(StringComparer.Ordinal);
    private bool hasTold;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? version = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                version ??= await ListAsync(stoppingToken).ConfigureAwait(false);
                version = await WatchAsync(version, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException or JsonException
                or InvalidOperationException or OperationCanceledException)
            {
                metrics.WatchRestarted(Resource);
                if (e is ApiException { Status: HttpStatusCode.Gone })
                {
                    version = null;
                }

                Tell(e);
                await Task.Delay(backoff.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<string> ListAsync(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(ListLimit);
        var listed = new Dictionary<string, Node>(StringComparer.Ordinal);
        var next = string.Empty;
        string version;
        do
        {
            using var page = await api.GetAsync(
                $"/api/v1/nodes?limit={PageSize}{(next.Length > 0 ? "&continue=" + Uri.EscapeDataString(next) : string.Empty)}",
                limit.Token).ConfigureAwait(false);
            foreach (var item in page.RootElement.GetProperty("items"u8).EnumerateArray())
            {
                if (reader.Read(item) is { } node)
                {
                    listed[node.Name] = node;
                }
            }

            var metadata = page.RootElement.GetProperty("metadata"u8);
            version = metadata.GetProperty("resourceVersion"u8).GetString()!;
            next = metadata.TryGetProperty("continue"u8, out var token) ? token.GetString() ?? string.Empty : string.Empty;
        }
        while (next.Length > 0);

        nodes = listed;
        Publish();
        return version;
    }

    /// <summary>Follows the changes until the server ends the watch; returns the place to resume from.</summary>
    private async Task<string> WatchAsync(string version, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(WatchLimit);
        using var events = await api.WatchAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"/api/v1/nodes?watch=true&allowWatchBookmarks=true&timeoutSeconds={WatchSeconds}&resourceVersion={Uri.EscapeDataString(version)}"),
            limit.Token).ConfigureAwait(false);
        backoff.Reset();
        hasTold = false;
        while (await events.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
        {
            using var change = JsonDocument.Parse(line);
            version = Apply(change.RootElement.GetProperty("type"u8).GetString(), change.RootElement.GetProperty("object"u8)) ?? version;
        }

        return version;
    }

    /// <summary>Applies one event and returns its version.</summary>
    /// <exception cref="ApiException">The server ended the watch with an error, as 410 for a place that is too old.</exception>
    private string? Apply(string? type, JsonElement json)
    {
        if (type == "ERROR")
        {
            throw new ApiException(json.TryGetProperty("code"u8, out var code) && code.TryGetInt32(out var status)
                ? (HttpStatusCode)status
                : HttpStatusCode.InternalServerError);
        }

        if (type is "ADDED" or "MODIFIED" && reader.Read(json) is { } node)
        {
            // Most changes of a node are heartbeats and images: nothing that counts here.
            if (!nodes.TryGetValue(node.Name, out var known) || known.Region != node.Region || !known.Labels.Equals(node.Labels))
            {
                nodes[node.Name] = node;
                Publish();
            }
        }
        else if (type == "DELETED" && reader.Read(json) is { } gone && nodes.Remove(gone.Name))
        {
            Publish();
        }

        return json.GetProperty("metadata"u8).GetProperty("resourceVersion"u8).GetString();
    }

    private void Publish()
    {
        var table = new NodeTable(nodes.Values);
        if (!live.IsSynced || !table.NodesByRegion.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(live.Table.NodesByRegion.Keys))
        {
            log.NodesKnown(table.Nodes.Count, string.Join(", ", table.NodesByRegion.Keys.Order(StringComparer.Ordinal)));
        }

        live.Publish(table);
        metrics.NodesKnown(table);
    }

    /// <summary>Once for each time that the watch breaks, not once for each try to get it back.</summary>
    private void Tell(Exception fault)
    {
        if (hasTold || fault is ApiException { Status: HttpStatusCode.Gone })
        {
            return;
        }

        hasTold = true;
        if (fault is ApiException { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized })
        {
            log.NotPermitted(Resource, "list and watch nodes", fault.Message);
        }
        else
        {
            log.WatchBroken(Resource, fault.Message);
        }
    }
}
