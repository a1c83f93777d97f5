using StsWebhook.Core.Admission;

namespace StsWebhook.Cluster;

/// <summary>Collects the facts about the cluster that a review needs. Most reviews need only the nodes in memory.</summary>
/// <param name="nodes">The known nodes.</param>
/// <param name="configMaps">Reads ConfigMaps; null without a cluster, or if ConfigMaps are not to be read.</param>
/// <param name="lookup">Reads single nodes; null without a cluster.</param>
internal sealed class ClusterSnapshotProvider(NodeStore nodes, ConfigMapCache? configMaps, NodeLookup? lookup)
{
    /// <summary>Returns the snapshot of the cluster to decide <paramref name="review"/> with.</summary>
    public ValueTask<ClusterSnapshot> GetSnapshotAsync(ParsedReview review, CancellationToken cancellation)
    {
        var table = nodes.Table;
        if (configMaps is not null && review.ConfigMaps is { Count: > 0 } references)
        {
            return new ValueTask<ClusterSnapshot>(WithConfigMapsAsync());
            async Task<ClusterSnapshot> WithConfigMapsAsync() => new(table)
            {
                ConfigMaps = await configMaps.ReadAsync(references, cancellation).ConfigureAwait(false),
            };
        }

        if (lookup is not null && review.NodeToBind is { } name && !(table.TryGet(name, out var node) && node.Region is not null))
        {
            return new ValueTask<ClusterSnapshot>(WithNodeAsync());
            async Task<ClusterSnapshot> WithNodeAsync() => new(table)
            {
                BoundNode = await lookup.FindAsync(name, cancellation).ConfigureAwait(false),
            };
        }

        return new ValueTask<ClusterSnapshot>(new ClusterSnapshot(table));
    }
}
