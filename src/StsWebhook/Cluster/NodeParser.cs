using System.Text.Json;
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
        if (!json.TryGetProperty("metadata"u8, out var metadata)
            || !metadata.TryGetProperty("name"u8, out var name)
            || name.GetString() is not { Length: > 0 } text)
        {
            return null;
        }

        var providerId = json.TryGetProperty("spec"u8, out var spec) && spec.ValueKind == JsonValueKind.Object
            && spec.TryGetProperty("providerID"u8, out var id)
            ? id.GetString()
            : null;
        var node = Node.From(text, ReadLabels(metadata), providerId);
        return node with { Region = node.Region is { } region ? Intern(region) : null };
    }

    private LabelDictionary ReadLabels(JsonElement metadata) =>
        metadata.TryGetProperty("labels"u8, out var labels) && labels.ValueKind == JsonValueKind.Object
            ? new LabelDictionary(labels.EnumerateObject().Select(l => KeyValuePair.Create(Intern(l.Name), Intern(l.Value.GetString() ?? string.Empty))))
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
