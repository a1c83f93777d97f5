using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>Keys and their values. No key comes twice.</summary>
internal sealed class MappingNode : ManifestNode
{
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="entries">The entries, which nobody changes from now on.</param>
    public MappingNode(int line, IReadOnlyList<MappingEntry> entries)
        : base(line)
    {
        Entries = entries;
        Height = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();
        Weight = Overhead + entries.Sum(entry => entry.Key.Length + entry.Value.Weight);
    }

    /// <summary>The entries, in their order.</summary>
    public IReadOnlyList<MappingEntry> Entries { get; }

    /// <inheritdoc/>
    public override int Height { get; }

    /// <inheritdoc/>
    public override long Weight { get; }

    /// <summary>The value of a key, or null where there is no such key.</summary>
    public ManifestNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>The text of a key, or null where there is none or it is no text.</summary>
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
}
