using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>What is known of the cluster when a review is decided. Immutable.</summary>
/// <param name="Nodes">The nodes.</param>
public sealed record ClusterSnapshot(NodeTable Nodes)
{
    /// <summary>The node of a Binding, where <see cref="Nodes"/> does not have it yet; or null.</summary>
    public Node? BoundNode { get; init; }

    /// <summary>The ConfigMaps that the review asked for.</summary>
    public ConfigMapSet ConfigMaps { get; init; } = ConfigMapSet.Empty;
}
