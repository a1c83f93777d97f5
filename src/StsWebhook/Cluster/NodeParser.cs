using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Regions;

namespace StsWebhook.Cluster;

/// <summary>
/// Parses Node objects to the name, labels and region that the resolver needs. Labels repeat from node to node, so equal
/// strings are interned. For one caller at a time.
/// </summary>
internal sealed class NodeParser
{
    /// <summary>Without a limit, labels that differ from node to node, as host names, would be kept forever.</summary>
    private const int MaxInterned = 20_000;

    private readonly HashSet<string> interned = new(StringComparer.Ordinal);

    /// <summary>Parses a Node. Returns null if it has no name.</summary>
    /// <exception cref="InvalidOperationException">The value of a label is not a string.</exception>
    public Node? Parse(JsonElement json)
    {
        var metadata = json.Member("metadata"u8);
        if (metadata.Text("name"u8) is not { Length: > 0 } name)
        {
            return null;
        }

        var node = Node.From(name, ParseLabels(metadata.Member("labels"u8)), json.Member("spec"u8).Text("providerID"u8));
        return node with { Region = node.Region is { } region ? Intern(region) : null };
    }

    private LabelDictionary ParseLabels(JsonElement labels) =>
        labels.Exists()
            ? new LabelDictionary(labels.Members().Select(label =>
                KeyValuePair.Create(Intern(label.Name), Intern(label.Value.GetString() ?? string.Empty))))
            : LabelDictionary.Empty;

    private string Intern(string text)
    {
        if (interned.TryGetValue(text, out var known))
        {
            return known;
        }

        if (interned.Count >= MaxInterned)
        {
            interned.Clear();
        }

        interned.Add(text);
        return text;
    }
}
