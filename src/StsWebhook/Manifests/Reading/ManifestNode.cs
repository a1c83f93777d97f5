using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// A node of a manifest with its line. Immutable, because YAML aliases use one node in many places.
/// </summary>
/// <param name="line">The line, counted from 1.</param>
internal abstract class ManifestNode(int line)
{
    /// <summary>The weight of a node in addition to its text, in characters.</summary>
    protected const int Overhead = 8;

    /// <summary>The line on which the node starts, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>
    /// The nesting height (1 for a scalar), and the approximate length of its JSON in characters with all aliases expanded.
    /// </summary>
    public abstract (int Height, long Weight) Size { get; }

    /// <summary>Writes the node as JSON.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>The size of a node that contains <paramref name="parts"/>.</summary>
    protected static (int Height, long Weight) Around(IEnumerable<ManifestNode> parts)
    {
        var (height, weight) = (0, (long)Overhead);
        foreach (var part in parts)
        {
            height = Math.Max(height, part.Size.Height);
            weight += part.Size.Weight;
        }

        return (height + 1, weight);
    }
}
