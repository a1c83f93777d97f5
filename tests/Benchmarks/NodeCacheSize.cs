using System.Globalization;
using StsWebhook.Core.Regions;

namespace StsWebhook.Benchmarks;

/// <summary>Heap memory of the node cache.</summary>
internal static class NodeCacheSize
{
    /// <summary>Prints how much the heap grows with a table of <paramref name="nodes"/> nodes in two regions.</summary>
    public static void Print(int nodes)
    {
        _ = new NodeTable(EksCluster.Nodes(100, "us-east-2", "eu-west-1"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new NodeTable(EksCluster.Nodes(nodes, "us-east-2", "eu-west-1"));
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"node cache: {table.Nodes.Count} nodes take {grown / 1048576.0:F2} MiB, {grown / table.Nodes.Count} bytes each"));
    }
}
