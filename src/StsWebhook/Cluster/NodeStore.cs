using Microsoft.Extensions.Logging;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>The nodes as they are known at the moment.</summary>
internal sealed class NodeStore(ServerMetrics metrics, ILogger<NodeStore> log)
{
    private volatile NodeTable table = NodeTable.Empty;
    private volatile bool isSynced;

    /// <summary>The nodes.</summary>
    public NodeTable Table => table;

    /// <summary>Whether all nodes were read at least once. It stays so: old nodes are better than none.</summary>
    public bool IsSynced => isSynced;

    /// <summary>Puts another table in place, from the next request on, and tells of it where the regions are others.</summary>
    public void Publish(NodeTable nodes)
    {
        if (!isSynced || !nodes.NodesByRegion.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(table.NodesByRegion.Keys))
        {
            log.NodesKnown(nodes.Nodes.Count, string.Join(", ", nodes.NodesByRegion.Keys.Order(StringComparer.Ordinal)));
        }

        table = nodes;
        isSynced = true;
        metrics.NodesKnown(nodes);
    }
}
