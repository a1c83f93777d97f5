using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>A text, a number, a boolean or null.</summary>
/// <param name="line">The line, counted from 1.</param>
/// <param name="kind">Which of them.</param>
/// <param name="text">The text; for the others their JSON.</param>
internal sealed class ScalarNode(int line, JsonValueKind kind, string text) : ManifestNode(line)
{
    /// <summary>Which sort of value it is.</summary>
    public JsonValueKind Kind { get; } = kind;

    /// <summary>The text; for a number, a boolean or null its JSON.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override (int Height, long Weight) Size => (1, Text.Length + Overhead);

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter json)
    {
        if (Kind == JsonValueKind.String)
        {
            json.WriteStringValue(Text);
        }
        else
        {
            json.WriteRawValue(Text, skipInputValidation: true);
        }
    }
}
