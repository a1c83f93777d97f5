using System.Text.Json;
using System.Text.Json.Nodes;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>JSON that may nest as deep as this project reads it, which is deeper than libraries do unless told.</summary>
internal static class DeepJson
{
    private const int MaxDepth = 1000;

    /// <summary>For what is read into objects.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General) { MaxDepth = MaxDepth };

    /// <summary>Reads a text.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) =>
        JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth });
}
