using System.Diagnostics.CodeAnalysis;

namespace StsWebhook.Core.Regions;

/// <summary>
/// The nodes of a cluster at one point in time. Immutable and safe for concurrent readers; a change creates a new table.
/// </summary>
public sealed class NodeTable
{
    private readonly Dictionary<string, Node> byName;

    /// <summary>Creates a table. If two nodes have the same name, the later one is kept.</summary>
    public NodeTable(IEnumerable<Node> nodes)
    {
        byName = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            byName[node.Name] = node;
        }

        NodesByRegion = CountByRegion(byName.Values);
    }

    /// <summary>A table without nodes: no cluster, or its nodes are not known yet.</summary>
    public static NodeTable Empty { get; } = new([]);

    /// <summary>All nodes, with and without a known region.</summary>
    public IReadOnlyCollection<Node> Nodes => byName.Values;

    /// <summary>The number of nodes per region. Nodes without a known region are not counted.</summary>
    public IReadOnlyDictionary<string, int> NodesByRegion { get; }

    /// <summary>The region that all nodes share; null if no region is known or there are several.</summary>
    public string? OnlyRegion => NodesByRegion.Count == 1 ? NodesByRegion.Keys.First() : null;

    /// <summary>Finds a node by name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Node? node) => byName.TryGetValue(name, out node);

    /// <summary>Counts nodes by region. Nodes without a known region are skipped.</summary>
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
