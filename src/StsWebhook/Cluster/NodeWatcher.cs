using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Keeps <see cref="NodeStore"/> up to date with the cluster. While the API server is unreachable, the last known nodes stay.
/// </summary>
internal sealed class NodeWatcher(
    KubernetesApiClient api, NodeStore store, ServerMetrics metrics, TimeProvider time, ILogger<NodeWatcher> log)
    : Reflector<Node>(api, metrics, time, log, "nodes", "api/v1/nodes")
{
    private readonly NodeParser parser = new();
    private Dictionary<string, Node> nodes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override Node? Parse(JsonElement json) => parser.Parse(json);

    /// <inheritdoc/>
    protected override void Replace(IReadOnlyList<Node> listed)
    {
        var replacement = new Dictionary<string, Node>(listed.Count, StringComparer.Ordinal);
        foreach (var node in listed)
        {
            replacement[node.Name] = node;
        }

        nodes = replacement;
        Publish();
    }

    /// <inheritdoc/>
    protected override void Update(Node changed)
    {
        // Most updates of a node are heartbeats and images, which nothing here depends on.
        if (!nodes.TryGetValue(changed.Name, out var known) || known.Region != changed.Region
            || !known.Labels.Equals(changed.Labels))
        {
            nodes[changed.Name] = changed;
            Publish();
        }
    }

    /// <inheritdoc/>
    protected override void Delete(Node deleted)
    {
        if (nodes.Remove(deleted.Name))
        {
            Publish();
        }
    }

    private void Publish() => store.Publish(new NodeTable(nodes.Values));
}
