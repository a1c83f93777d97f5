using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>A mapping. Its keys are unique.</summary>
/// <param name="line">The line, counted from 1.</param>
/// <param name="entries">The entries; the caller must not change them afterwards.</param>
internal sealed class MappingNode(int line, IReadOnlyList<MappingEntry> entries) : ManifestNode(line)
{
    private (int, long)? size;

    /// <summary>The entries, in their order.</summary>
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;

    /// <inheritdoc/>
    public override (int Height, long Weight) Size => size ??= SizeOf();

    /// <summary>The value of a key; null if the mapping does not have it.</summary>
    public ManifestNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>The string value of a key; null if the key is missing or its value is not a string.</summary>
    public string? Text(string key) => this[key] is ScalarNode { Kind: JsonValueKind.String } scalar ? scalar.Text : null;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var entry in Entries)
        {
            json.WritePropertyName(entry.Key);
            entry.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private (int, long) SizeOf()
    {
        var (height, weight) = Around(Entries.Select(entry => entry.Value));
        return (height, weight + Entries.Sum(entry => (long)entry.Key.Length));
    }
}
