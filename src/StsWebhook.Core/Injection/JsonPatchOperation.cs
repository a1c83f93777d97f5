using System.Text.Json;

namespace StsWebhook.Core.Injection;

/// <summary>Writes <c>add</c>, the only operation of JSON Patch (RFC 6902) that the injection uses.</summary>
internal static class JsonPatchOperation
{
    /// <summary>Writes an operation that adds a value at a JSON Pointer.</summary>
    public static void WriteAdd<T>(Utf8JsonWriter json, ReadOnlySpan<char> path, T value, Action<Utf8JsonWriter, T> writeValue)
    {
        json.WriteStartObject();
        json.WriteString("op"u8, "add"u8);
        json.WriteString("path"u8, path);
        json.WritePropertyName("value"u8);
        writeValue(json, value);
        json.WriteEndObject();
    }

    /// <summary>Escapes a name as a token of a JSON Pointer (RFC 6901, 3).</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
