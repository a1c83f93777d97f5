using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Asks for a node that a Binding names and that the watch has not brought yet: a fresh node may get its first pod
/// within milliseconds.
/// </summary>
internal sealed class NodeLookup(ApiServer api, ILogger<NodeLookup> log)
{
    /// <summary>The scheduler waits; without an answer the pod keeps the region that it was given at first.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);

    /// <summary>The node, or null where it could not be read in time.</summary>
    public async Task<Node?> FindAsync(string name, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var json = await api.GetAsync($"/api/v1/nodes/{Uri.EscapeDataString(name)}", limit.Token).ConfigureAwait(false);
            return new NodeReader().Read(json.RootElement);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or JsonException
            or InvalidOperationException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            if (e is not ApiException { Status: HttpStatusCode.NotFound })
            {
                log.NodeUnread(name, e is OperationCanceledException ? "no answer in time" : e.Message);
            }

            return null;
        }
    }
}
