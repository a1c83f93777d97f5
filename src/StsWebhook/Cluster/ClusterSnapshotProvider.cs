using StsWebhook.Core.Admission;

namespace StsWebhook.Cluster;

/// <summary>Fetches what a review would like to know of the cluster. Most reviews need nothing but the nodes at hand.</summary>
/// <param name="nodes">The nodes.</param>
/// <param name="configMaps">Reads ConfigMaps; null where there is no cluster, or they are not to be read.</param>
/// <param name="lookup">Reads single nodes; null where there is no cluster.</param>
internal sealed class ClusterSnapshotProvider(NodeStore nodes, ConfigMapCache? configMaps, NodeLookup? lookup)
{
    /// <summary>The view of the cluster to decide <paramref name="review"/> with.</summary>
    public ValueTask<ClusterSnapshot> ViewForAsync(ParsedReview review, CancellationToken cancellation)
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
