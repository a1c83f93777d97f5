using System.Text.Encodings.Web;
using System.Text.Json;

namespace StsWebhook.Benchmarks;

/// <summary>The recorded reviews, and the nodes of the cluster that they come from.</summary>
internal static class Recordings
{
    /// <summary>The review that the load consists of: a pod of a Deployment, 6 KB.</summary>
    public const string Ledger = "pods-create-ledger";

    /// <summary>Escapes the same characters as Go's encoder, a quotation mark with two bytes.</summary>
    private static readonly JsonSerializerOptions AsGo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The folder of the recordings.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "recordings");

    /// <summary>The file with the nodes, which are in two regions.</summary>
    public static string Nodes => PathOf("nodes");

    /// <summary>The names of all recorded reviews.</summary>
    public static IEnumerable<string> Reviews => Directory.EnumerateFiles(Folder, "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => name != "nodes")
        .Order(StringComparer.Ordinal);

    /// <summary>
    /// A recording as the API server sends it (k8s.io/apimachinery, runtime/serializer/json): without the blanks between
    /// tokens that make the file readable.
    /// </summary>
    public static byte[] Bytes(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return JsonSerializer.SerializeToUtf8Bytes(document, AsGo);
    }

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");
}
