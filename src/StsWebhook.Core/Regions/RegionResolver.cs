using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Regions;

/// <summary>
/// Resolves a pod's region before the pod has a node. The first source that has an answer wins:
/// <code>
/// annotation  the pod's annotation sts-webhook.io/region
/// node        spec.nodeName, or all nodes that match the pod's constraints are in one region
/// selector    no known node matches, but the constraints name a region or a zone
/// cluster     all nodes are in one region
/// binding     several regions are possible; the region is set when the pod is bound to a node
/// default     the configured default region
/// none        no source has an answer
/// </code>
/// In a cluster with one region, nodes are not matched against constraints; a region named by the constraints still wins.
/// </summary>
internal static class RegionResolver
{
    /// <summary>Resolves the region of <paramref name="pod"/>.</summary>
    /// <param name="pod">The pod, or the pod template of a workload.</param>
    /// <param name="nodes">The cluster's nodes.</param>
    /// <param name="defaultRegion">The configured default region, or null.</param>
    /// <param name="canDefer">Whether the scheduler will still bind the pod, so that the binding can set the region.</param>
    public static PodRegion Resolve(Pod pod, NodeTable nodes, string? defaultRegion, bool canDefer)
    {
        if (pod.Annotations.Text(ProjectKeys.RegionUtf8) is { } annotated && Partitions.IsRegion(annotated))
        {
            return new PodRegion(RegionSource.Annotation, annotated);
        }

        if (RegionOfNode(pod, nodes) is { } ofNode)
        {
            return new PodRegion(RegionSource.Node, ofNode);
        }

        // The scheduler does not bind a pod that sets spec.nodeName, so there will be no Binding.
        canDefer &= pod.Spec.Text("nodeName"u8) is not { Length: > 0 };
        var constraints = SchedulingConstraints.Read(pod.Spec);
        if (nodes.NodesByRegion.Count <= 1)
        {
            return constraints?.NamedRegion() is { } named ? new PodRegion(RegionSource.Selector, named)
                : nodes.OnlyRegion is { } only ? new PodRegion(RegionSource.Cluster, only)
                : Default(defaultRegion);
        }

        var possible = constraints is null
            ? nodes.NodesByRegion
            : NodeTable.CountByRegion(nodes.Nodes.Where(constraints.Matches));
        return possible.Count switch
        {
            1 => new PodRegion(RegionSource.Node, possible.Keys.First()),
            0 when constraints?.NamedRegion() is { } named => new PodRegion(RegionSource.Selector, named),
            0 => Deferred(nodes.NodesByRegion, defaultRegion, canDefer),
            _ => Deferred(possible, defaultRegion, canDefer),
        };
    }

    /// <summary>
    /// The region of the node in <c>spec.nodeName</c>. Since 1.35 the API server copies the node's topology labels onto
    /// such a pod before it calls webhooks, which helps if the node is not in the table.
    /// </summary>
    private static string? RegionOfNode(Pod pod, NodeTable nodes)
    {
        if (pod.Spec.Text("nodeName"u8) is not { Length: > 0 } name)
        {
            return null;
        }

        return nodes.TryGet(name, out var node) && node.Region is { } region
            ? region
            : pod.Labels.Text("topology.kubernetes.io/region"u8) is { } label && Partitions.IsRegion(label)
                ? label
                : null;
    }

    private static PodRegion Deferred(
        IReadOnlyDictionary<string, int> possible, string? defaultRegion, bool canDefer) =>
        canDefer
            ? new PodRegion(RegionSource.Binding, defaultRegion ?? MostNodes(possible))
            : Default(defaultRegion);

    private static PodRegion Default(string? region) =>
        new(region is null ? RegionSource.None : RegionSource.Default, region);

    /// <summary>The region with the most nodes. Ties are broken by name, so that all replicas choose the same region.</summary>
    private static string MostNodes(IReadOnlyDictionary<string, int> possible) => possible
        .OrderByDescending(r => r.Value)
        .ThenBy(r => r.Key, StringComparer.Ordinal)
        .First().Key;
}
