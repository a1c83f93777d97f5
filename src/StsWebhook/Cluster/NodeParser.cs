using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Regions;

namespace StsWebhook.Cluster;

/// <summary>
/// Trims Node objects to what the resolver needs. Labels repeat from node to node, so equal texts are kept once.
/// </summary>
internal sealed class NodeParser
{
    /// <summary>Labels that differ from node to node, as host names, would otherwise be kept for ever.</summary>
    private const int MaxTexts = 20_000;

    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    /// <summary>Reads a Node; null where it has no name.</summary>
    public Node? Read(JsonElement json)
    {
        var metadata = json.Member("metadata"u8);
        if (metadata.Text("name"u8) is not { Length: > 0 } name)
        {
            return null;
        }

        var node = Node.From(name, ReadLabels(metadata), json.Member("spec"u8).Text("providerID"u8));
        return node with { Region = node.Region is { } region ? Intern(region) : null };
    }

    private LabelDictionary ReadLabels(JsonElement metadata) =>
        metadata.Member("labels"u8) is { ValueKind: JsonValueKind.Object } labels
            ? new LabelDictionary(labels.Members().Select(l => KeyValuePair.Create(Intern(l.Name), Intern(l.Value.Text() ?? string.Empty))))
            : LabelDictionary.Empty;

    private string Intern(string text)
    {
        if (texts.TryGetValue(text, out var known))
        {
            return known;
        }

        if (texts.Count >= MaxTexts)
        {
            texts.Clear();
        }

        texts.Add(text);
        return text;
    }
}
