using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Regions;

/// <summary>
/// The nodes on which a pod may run, by its <c>nodeSelector</c> and its required node affinity. Preferences, taints and
/// resources are ignored: they only narrow the set of nodes, and an extra region only defers the answer to the binding.
/// </summary>
internal sealed class SchedulingConstraints
{
    private readonly KeyValuePair<string, string>[] nodeSelector;

    /// <summary>The terms of the required node affinity. Null if the pod has none; an empty array matches no node.</summary>
    private readonly NodeSelectorTerm[]? terms;

    private SchedulingConstraints(KeyValuePair<string, string>[] nodeSelector, NodeSelectorTerm[]? terms)
    {
        this.nodeSelector = nodeSelector;
        this.terms = terms;
    }

    /// <summary>Reads the constraints of a pod spec; null if it has none.</summary>
    public static SchedulingConstraints? Read(JsonElement spec)
    {
        var required = spec.Member("affinity"u8)
            .Member("nodeAffinity"u8)
            .Member("requiredDuringSchedulingIgnoredDuringExecution"u8);
        var selector = spec.Member("nodeSelector"u8);
        if (!required.Exists() && !selector.Members().Any())
        {
            return null;
        }

        return new SchedulingConstraints(
            [.. selector.Members().Select(m => KeyValuePair.Create(m.Name, m.Value.Text() ?? string.Empty))],
            required.Exists()
                ? [.. required.Member("nodeSelectorTerms"u8).Items().Select(NodeSelectorTerm.Read)]
                : null);
    }

    /// <summary>Whether the pod may run on <paramref name="node"/>.</summary>
    public bool Matches(Node node)
    {
        foreach (var (key, wanted) in nodeSelector)
        {
            if (!node.Labels.TryGetValue(key, out var value) || value != wanted)
            {
                return false;
            }
        }

        foreach (var term in terms ?? [])
        {
            if (term.Matches(node))
            {
                return true;
            }
        }

        return terms is null;
    }

    /// <summary>
    /// The region that the constraints themselves name, or null. <c>nodeSelector</c> applies to every node, so it is read
    /// first. In the affinity every term must name the same region, because a node needs to match only one of them.
    /// </summary>
    public string? NamedRegion()
    {
        foreach (var (key, value) in nodeSelector)
        {
            if (TopologyLabels.RegionFrom(key, value) is { } region)
            {
                return region;
            }
        }

        if (terms is null or [])
        {
            return null;
        }

        var perTerm = terms.Select(t => t.NamedRegions().Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        return Array.TrueForAll(perTerm, regions => regions.Length == 1 && regions[0] == perTerm[0][0])
            ? perTerm[0][0]
            : null;
    }
}
