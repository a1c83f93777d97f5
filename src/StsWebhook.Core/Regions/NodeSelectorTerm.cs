using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Regions;

/// <summary>One term of a required node affinity. Terms are ORed; the requirements within a term are ANDed.</summary>
/// <param name="Labels"><c>matchExpressions</c>: requirements on the node's labels.</param>
/// <param name="Fields"><c>matchFields</c>: requirements on the node's fields. Kubernetes supports only
/// <c>metadata.name</c>.</param>
internal sealed record NodeSelectorTerm(NodeSelectorRequirement[] Labels, NodeSelectorRequirement[] Fields)
{
    /// <summary>Reads an item of <c>nodeSelectorTerms</c>.</summary>
    public static NodeSelectorTerm Read(JsonElement json) => new(
        [.. json.Member("matchExpressions"u8).Items().Select(NodeSelectorRequirement.Read)],
        [.. json.Member("matchFields"u8).Items().Select(NodeSelectorRequirement.Read)]);

    /// <summary>Whether <paramref name="node"/> matches the term. An empty term matches no node.</summary>
    public bool Matches(Node node)
    {
        // Loops instead of LINQ: this runs once per node, and a lambda would allocate a closure each time.
        foreach (var requirement in Labels)
        {
            if (!requirement.Matches(node.Labels.TryGetValue(requirement.Key, out var value) ? value : null))
            {
                return false;
            }
        }

        foreach (var requirement in Fields)
        {
            if (!requirement.Matches(requirement.Key == "metadata.name" ? node.Name : null))
            {
                return false;
            }
        }

        return Labels.Length + Fields.Length > 0;
    }

    /// <summary>The regions named by the term's region and zone labels. Only the operator <c>In</c> names a region.</summary>
    public IEnumerable<string?> NamedRegions() => Labels
        .Where(r => r.Operator == "In")
        .SelectMany(r => r.Values, (r, value) => TopologyLabels.RegionFrom(r.Key, value))
        .Where(region => region is not null);
}
