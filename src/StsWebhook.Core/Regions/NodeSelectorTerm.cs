using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Regions;

/// <summary>One of the terms of a node affinity. Terms are ORed; the requirements within one are ANDed.</summary>
/// <param name="Labels"><c>matchExpressions</c>: about the node's labels.</param>
/// <param name="Fields"><c>matchFields</c>: about the node's fields, of which <c>metadata.name</c> is the only one.</param>
internal sealed record NodeSelectorTerm(NodeSelectorRequirement[] Labels, NodeSelectorRequirement[] Fields)
{
    /// <summary>Reads a term in place.</summary>
    public static NodeSelectorTerm Read(JsonElement json) => new(
        [.. json.Member("matchExpressions"u8).Items().Select(NodeSelectorRequirement.Read)],
        [.. json.Member("matchFields"u8).Items().Select(NodeSelectorRequirement.Read)]);

    /// <summary>Whether the term admits <paramref name="node"/>. An empty term admits no node at all.</summary>
    public bool Admits(Node node)
    {
        // Loops, not lambdas: this runs for each of thousands of nodes, and a lambda would be made for each.
        foreach (var requirement in Labels)
        {
            if (!requirement.Admits(node.Labels.TryGetValue(requirement.Key, out var value) ? value : null))
            {
                return false;
            }
        }

        foreach (var requirement in Fields)
        {
            if (!requirement.Admits(requirement.Key == "metadata.name" ? node.Name : null))
            {
                return false;
            }
        }

        return Labels.Length + Fields.Length > 0;
    }

    /// <summary>The regions that the term names: of its region and zone labels, those with the operator <c>In</c>.</summary>
    public IEnumerable<string?> NamedRegions() => Labels
        .Where(r => r.Operator == "In")
        .SelectMany(r => r.Values, (r, value) => TopologyLabels.RegionFrom(r.Key, value))
        .Where(region => region is not null);
}
