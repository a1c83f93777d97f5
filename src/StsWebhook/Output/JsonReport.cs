using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StsWebhook.Text;

namespace StsWebhook.Output;

/// <summary>What a command found, as one JSON document for other programs.</summary>
internal static class JsonReport
{
    /// <summary>Such documents are read by people as well, and end up in no HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object with a line break behind it.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        output.WriteLine(Shown(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))));
    }

    /// <summary>
    /// Escapes what would not show on a terminal and the writer leaves as it is: marks that turn the direction of writing.
    /// They can only stand in a text, where JSON takes such an escape for any character (RFC 8259, 7).
    /// </summary>
    private static string Shown(string json) => json.Any(IsHidden)
        ? string.Concat(json.Select(c => IsHidden(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : json;

    private static bool IsHidden(char c) => c is not ('\n' or '\r') && LogText.IsHidden(c);
}
