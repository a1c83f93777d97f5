using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Keeps <see cref="NodeStore"/> as the cluster has them. While the API server is away, the last known nodes stay.
/// </summary>
internal sealed class NodeWatcher(
    KubernetesApiClient api, NodeStore live, ServerMetrics metrics, TimeProvider time, ILogger<NodeWatcher> log)
    : Reflector(api, metrics, time, log, "nodes", "api/v1/nodes")
{
    private readonly NodeParser reader = new();
    private Dictionary<string, Node> listed = new(StringComparer.Ordinal);
    private Dictionary<string, Node> nodes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void BeginList() => listed = new Dictionary<string, Node>(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void Take(JsonElement json)
    {
        if (reader.Read(json) is { } node)
        {
            listed[node.Name] = node;
        }
    }

    /// <inheritdoc/>
    protected override void EndList()
    {
        nodes = listed;
        Publish();
    }

    /// <inheritdoc/>
    protected override void Changed(JsonElement json)
    {
        // Most changes of a node are heartbeats and images: nothing that counts here.
        if (reader.Read(json) is { } node
            && (!nodes.TryGetValue(node.Name, out var known) || known.Region != node.Region || !known.Labels.Equals(node.Labels)))
        {
            nodes[node.Name] = node;
            Publish();
        }
    }

    /// <inheritdoc/>
    protected override void Deleted(JsonElement json)
    {
        if (reader.Read(json) is { } gone && nodes.Remove(gone.Name))
        {
            Publish();
        }
    }

    private void Publish() => live.Publish(new NodeTable(nodes.Values));
}
