using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Regions;

/// <summary>
/// Tells a pod's region before the pod has a node. The first answer wins:
/// <code>
/// annotation  the pod says it itself
/// node        the pod has a node; or all nodes that its constraints admit lie in one region
/// selector    no node that is known matches, but the constraints themselves name a region or a zone
/// cluster     all nodes lie in one region
/// binding     several regions are possible: whoever binds the pod to a node will tell
/// default     the configured region
/// none
/// </code>
/// In a cluster of one region no node is matched against constraints; a region that the constraints name still wins.
/// </summary>
internal static class RegionResolver
{
    /// <param name="pod">The pod.</param>
    /// <param name="nodes">The cluster's nodes.</param>
    /// <param name="defaultRegion">The configured default, or null.</param>
    /// <param name="canDefer">Whether the pod is still to be bound, so that a binding can tell.</param>
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

        // A pod that names its node itself is never bound, so no binding would ever tell.
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
            : NodeTable.CountByRegion(nodes.Nodes.Where(constraints.Admit));
        return possible.Count switch
        {
            1 => new PodRegion(RegionSource.Node, possible.Keys.First()),
            0 when constraints?.NamedRegion() is { } named => new PodRegion(RegionSource.Selector, named),
            0 => Deferred(nodes.NodesByRegion, defaultRegion, canDefer),
            _ => Deferred(possible, defaultRegion, canDefer),
        };
    }

    /// <summary>
    /// The region of the node that the pod already has. The API server (1.35 on) copies the node's topology onto
    /// such a pod before any webhook sees it, which helps where the node itself is not known here.
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

    /// <summary>Of two regions with as many nodes, always the same one: replicas must agree.</summary>
    private static string MostNodes(IReadOnlyDictionary<string, int> possible) => possible
        .OrderByDescending(r => r.Value)
        .ThenBy(r => r.Key, StringComparer.Ordinal)
        .First().Key;
}
