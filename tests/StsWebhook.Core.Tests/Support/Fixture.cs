using System.Text.Json.Nodes;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Support;

/// <summary>The fixtures that all test projects share.</summary>
internal static class Fixture
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    private static readonly JsonArray Nodes = Parse("recordings/nodes.json")["items"]!.AsArray();

    /// <summary>All recorded nodes: two in us-east-2, one in eu-west-1.</summary>
    public static NodeTable TwoRegions { get; } = TableOf(_ => true);

    /// <summary>The recorded nodes of us-east-2.</summary>
    public static NodeTable OneRegion { get; } = TableOf(node => node.Region == "us-east-2");

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    public static JsonNode Parse(string path) => JsonNode.Parse(Bytes(path))!;

    /// <summary>The names of the recorded reviews' files.</summary>
    public static IEnumerable<string> Recordings(string prefix) => Directory
        .EnumerateFiles(Path.Combine(Folder, "recordings"), prefix + "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => name != "nodes")
        .Order(StringComparer.Ordinal);

    public static JsonObject Recording(string name) => Parse($"recordings/{name}.json").AsObject();

    /// <summary>The names of a folder's manifests.</summary>
    public static IEnumerable<string> Manifests(string folder) => Directory
        .EnumerateFiles(Path.Combine(Folder, "manifests", folder), "*.yaml")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order(StringComparer.Ordinal);

    private static NodeTable TableOf(Func<Node, bool> isWanted) => new(Nodes.Select(Read).Where(isWanted));

    private static Node Read(JsonNode? json) => Node.From(
        (string)json!["metadata"]!["name"]!,
        json["metadata"]!["labels"]!.AsObject()
            .ToDictionary(label => label.Key, label => (string)label.Value!, StringComparer.Ordinal),
        (string?)json["spec"]!["providerID"]);
}
