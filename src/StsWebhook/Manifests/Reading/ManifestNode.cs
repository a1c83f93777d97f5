using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// A part of a manifest, with the line on which it stands. Immutable, since aliases make one part stand in many
/// places.
/// </summary>
/// <param name="line">The line, counted from 1.</param>
internal abstract class ManifestNode(int line)
{
    /// <summary>What one node costs beyond its text, when <see cref="Weight"/> is told.</summary>
    protected const int Overhead = 8;

    /// <summary>The line on which it begins, counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>How deep it nests: 1 for a text.</summary>
    public abstract int Height { get; }

    /// <summary>About how many characters its JSON has, with every alias written out.</summary>
    public abstract long Weight { get; }

    /// <summary>Writes it as JSON.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);
}
