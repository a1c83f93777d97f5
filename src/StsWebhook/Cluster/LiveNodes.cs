using StsWebhook.Core.Regions;

namespace StsWebhook.Cluster;

/// <summary>The nodes as they are known at the moment.</summary>
internal sealed class LiveNodes
{
    private volatile NodeTable table = NodeTable.Empty;
    private volatile bool isSynced;

    /// <summary>The nodes.</summary>
    public NodeTable Table => table;

    /// <summary>Whether all nodes were read at least once. It stays so: old nodes are better than none.</summary>
    public bool IsSynced => isSynced;

    /// <summary>Puts another table in place, from the next request on.</summary>
    public void Publish(NodeTable nodes)
    {
        table = nodes;
        isSynced = true;
    }
}
