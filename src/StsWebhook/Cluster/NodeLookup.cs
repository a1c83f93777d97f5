using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;
using StsWebhook.Text;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads a node that a Binding names and the watch has not delivered yet: a fresh node may get its first pod within
/// milliseconds. Safe for use by several threads.
/// </summary>
internal sealed class NodeLookup(KubernetesApiClient api, ILogger<NodeLookup> log)
{
    /// <summary>The scheduler waits for the answer. Without one, the pod keeps the region it got when it was created.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(150);

    /// <summary>Never recovers: a permission that is missing is missing for every node, and reported once.</summary>
    private readonly FaultReporter faults = new(reason => log.PermissionMissing("nodes", "get nodes", reason));

    /// <summary>Returns the node, or null if it does not exist or could not be read in time.</summary>
    public async Task<Node?> FindAsync(string name, CancellationToken cancellation)
    {
        using var call = Tracing.StartCall("GET node")?.SetTag("k8s.node.name", name);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Timeout);
        try
        {
            using var json =
                await api.GetAsync($"api/v1/nodes/{Uri.EscapeDataString(name)}", timeout.Token).ConfigureAwait(false);
            return new NodeParser().Parse(json.RootElement) ?? throw new JsonException("the answer is not a Node");
        }
        catch (Exception e)
        {
            // Any exception: a webhook that fails would keep the pod from being bound.
            cancellation.ThrowIfCancellationRequested();
            call?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            if (e is not ApiException { Status: HttpStatusCode.NotFound })
            {
                faults.ReportEach(e, reason => log.NodeReadFailed(LogText.Name(name), LogText.Sanitize(reason)));
            }

            return null;
        }
    }
}
