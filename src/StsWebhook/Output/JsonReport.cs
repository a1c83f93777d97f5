using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StsWebhook.Text;

namespace StsWebhook.Output;

/// <summary>Writes the result of a command as one JSON document.</summary>
internal static class JsonReport
{
    /// <summary>
    /// People read these documents too, so they are indented. They are not embedded in HTML, so quotes and signs stay readable.
    /// </summary>
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object and a line break.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        output.WriteLine(EscapeHidden(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))));
    }

    /// <summary>
    /// Escapes characters that a terminal does not show and the JSON writer does not escape, such as marks that change the
    /// direction of text. They occur only within strings, where JSON allows the escape of any character (RFC 8259, 7).
    /// </summary>
    private static string EscapeHidden(string json) => json.Any(IsHidden)
        ? string.Concat(json.Select(c => IsHidden(c) ? $"\\u{(int)c:x4}" : c.ToString()))
        : json;

    private static bool IsHidden(char c) => c is not ('\n' or '\r') && LogText.IsHidden(c);
}
