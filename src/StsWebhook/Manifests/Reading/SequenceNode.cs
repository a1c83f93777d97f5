using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>A list.</summary>
internal sealed class SequenceNode : ManifestNode
{
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="items">The items, which nobody changes from now on.</param>
    public SequenceNode(int line, IReadOnlyList<ManifestNode> items)
        : base(line)
    {
        Items = items;
        Height = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();
        Weight = Overhead + items.Sum(item => item.Weight);
    }

    /// <summary>The items.</summary>
    public IReadOnlyList<ManifestNode> Items { get; }

    /// <inheritdoc/>
    public override int Height { get; }

    /// <inheritdoc/>
    public override long Weight { get; }

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
