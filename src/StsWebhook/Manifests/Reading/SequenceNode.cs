using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>A list.</summary>
/// <param name="line">The line, counted from 1.</param>
/// <param name="items">The items; the caller must not change them afterwards.</param>
internal sealed class SequenceNode(int line, IReadOnlyList<ManifestNode> items) : ManifestNode(line)
{
    private (int, long)? size;

    /// <summary>The items.</summary>
    public IReadOnlyList<ManifestNode> Items { get; } = items;

    /// <inheritdoc/>
    public override (int Height, long Weight) Size => size ??= Around(Items);

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var item in Items)
        {
            item.WriteTo(json);
        }

        json.WriteEndArray();
    }
}
