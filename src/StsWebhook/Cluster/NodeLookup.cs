using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Asks for a node that a Binding names and that the watch has not brought yet: a fresh node may get its first pod
/// within milliseconds.
/// </summary>
internal sealed class NodeLookup(KubernetesApiClient api, ILogger<NodeLookup> log)
{
    /// <summary>The scheduler waits; without an answer the pod keeps the region that it was given at first.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);

    private int hasToldOfPermission;

    /// <summary>The node, or null where it could not be read in time.</summary>
    public async Task<Node?> FindAsync(string name, CancellationToken cancellation)
    {
        using var call = Tracing.StartCall("GET node")?.SetTag("k8s.node.name", name);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            using var json = await api.GetAsync($"api/v1/nodes/{Uri.EscapeDataString(name)}", limit.Token).ConfigureAwait(false);
            return new NodeParser().Read(json.RootElement);
        }
        catch (Exception e)
        {
            // Whatever it was, the pod is bound: a webhook that fails would keep it from its node.
            cancellation.ThrowIfCancellationRequested();
            call?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            Tell(name, e);
            return null;
        }
    }

    /// <summary>A right that is missing is missing for every node, and told once.</summary>
    private void Tell(string name, Exception fault)
    {
        switch (fault)
        {
            case ApiException { Status: HttpStatusCode.NotFound }:
                break;
            case ApiException { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized }:
                if (Interlocked.Exchange(ref hasToldOfPermission, 1) == 0)
                {
                    log.NotPermitted("nodes", "get nodes", fault.Message);
                }

                break;
            default:
                log.NodeUnread(name, fault is OperationCanceledException ? "no answer in time" : fault.Message);
                break;
        }
    }
}
