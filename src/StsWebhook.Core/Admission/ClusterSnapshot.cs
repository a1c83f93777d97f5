using System.Collections.ObjectModel;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>What is known of the cluster when a review is decided.</summary>
/// <param name="Nodes">The nodes.</param>
public sealed record ClusterSnapshot(NodeTable Nodes)
{
    /// <summary>A node that <see cref="Nodes"/> does not have yet and that a Binding names, or null.</summary>
    public Node? BoundNode { get; init; }

    /// <summary>
    /// The data of ConfigMaps that the review asked for; null for one that does not exist. One that could not be
    /// read is not in here.
    /// </summary>
    public IReadOnlyDictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?> ConfigMaps { get; init; } =
        ReadOnlyDictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?>.Empty;
}
