using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// A part of a manifest, with the line on which it stands. Immutable, since aliases make one part stand in many
/// places.
/// </summary>
/// <param name="line">The line, counted from 1.</param>
internal abstract class ManifestNode(int line)
{
    /// <summary>What one node costs beyond its text, when its size is told.</summary>
    protected const int Overhead = 8;

    /// <summary>The line on which it begins, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>How deep it nests, 1 for a text; and about how many characters its JSON has, with every alias written out.</summary>
    public abstract (int Height, long Weight) Size { get; }

    /// <summary>Writes it as JSON.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>The size of what holds these parts.</summary>
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
