using System.Text.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>A string, number, boolean or null.</summary>
/// <param name="line">The line, counted from 1.</param>
/// <param name="kind">The JSON type of the value.</param>
/// <param name="text">The string; for other types their JSON.</param>
internal sealed class ScalarNode(int line, JsonValueKind kind, string text) : ManifestNode(line)
{
    /// <summary>The JSON type of the value.</summary>
    public JsonValueKind Kind { get; } = kind;

    /// <summary>The string; for a number, boolean or null its JSON.</summary>
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
