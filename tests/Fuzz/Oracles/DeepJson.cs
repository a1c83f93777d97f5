using System.Text.Json;
using System.Text.Json.Nodes;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>Parses JSON with this project's depth limit, which is higher than the default of libraries.</summary>
internal static class DeepJson
{
    private const int MaxDepth = 1000;

    /// <summary>Options for deserialising.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General) { MaxDepth = MaxDepth };

    /// <summary>Parses a text.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) =>
        JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth });
}
