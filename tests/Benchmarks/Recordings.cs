namespace StsWebhook.Benchmarks;

/// <summary>The recorded reviews, and the nodes of the cluster that they come from.</summary>
internal static class Recordings
{
    /// <summary>The folder that has them.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "recordings");

    /// <summary>The file of the review that load is made of: a Deployment's pod as the API server sends it, 9 KB.</summary>
    public static string Ledger => PathOf("pods-create-ledger");

    /// <summary>The file of the nodes, which lie in two regions.</summary>
    public static string Nodes => PathOf("nodes");

    /// <summary>The names of all recorded reviews.</summary>
    public static IEnumerable<string> Reviews => Directory.EnumerateFiles(Folder, "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => name != "nodes")
        .Order(StringComparer.Ordinal);

    /// <summary>A recording.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");
}
