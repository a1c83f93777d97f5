using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// The nodes known at the moment. Any thread may read <see cref="Table"/>, which is immutable and replaced as a whole;
/// only one caller may publish.
/// </summary>
internal sealed class NodeStore(ServerMetrics metrics, ILogger<NodeStore> log)
{
    private volatile NodeTable table = NodeTable.Empty;
    private volatile bool isSynced;

    /// <summary>The nodes last published; empty before the first time.</summary>
    public NodeTable Table => table;

    /// <summary>Whether all nodes have been listed once. It stays true: old nodes are better than none.</summary>
    public bool IsSynced => isSynced;

    /// <summary>Replaces the table, from the next request on. Logs it the first time and if the set of regions changed.</summary>
    public void Publish(NodeTable nodes)
    {
        if (!isSynced || !nodes.NodesByRegion.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(table.NodesByRegion.Keys))
        {
            log.NodesFound(nodes.Nodes.Count, string.Join(", ", nodes.NodesByRegion.Keys.Order(StringComparer.Ordinal)));
        }

        table = nodes;
        isSynced = true;
        metrics.NodesKnown(nodes);
    }
}
