using System.Diagnostics.CodeAnalysis;

namespace StsWebhook.Core.Regions;

/// <summary>The nodes of a cluster at one moment. Immutable: a change makes a new table.</summary>
public sealed class NodeTable
{
    private readonly Dictionary<string, Node> byName;

    /// <summary>Makes a table; of two nodes with one name the later stays.</summary>
    public NodeTable(IEnumerable<Node> nodes)
    {
        byName = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            byName[node.Name] = node;
        }

        NodesByRegion = CountByRegion(byName.Values);
    }

    /// <summary>A cluster of which nothing is known.</summary>
    public static NodeTable Empty { get; } = new([]);

    /// <summary>Every node.</summary>
    public IReadOnlyCollection<Node> Nodes => byName.Values;

    /// <summary>How many nodes each known region has. Nodes that tell no region do not count.</summary>
    public IReadOnlyDictionary<string, int> NodesByRegion { get; }

    /// <summary>The one region of all nodes, or null where there are none or several.</summary>
    public string? OnlyRegion => NodesByRegion.Count == 1 ? NodesByRegion.Keys.First() : null;

    /// <summary>Looks a node up by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Node? node) => byName.TryGetValue(name, out node);

    /// <summary>Counts nodes by region, leaving out those that tell none.</summary>
    internal static Dictionary<string, int> CountByRegion(IEnumerable<Node> nodes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (node.Region is { } region)
            {
                counts[region] = counts.GetValueOrDefault(region) + 1;
            }
        }

        return counts;
    }
}
