using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace StsWebhook.Core.Json;

/// <summary>Parses untrusted bytes to a document whose strings are all well-formed.</summary>
public static class JsonInput
{
    /// <summary>
    /// The maximum nesting of arrays and objects. A pod with its managed fields has about 15 levels; the limit bounds the
    /// cost of a malicious body by its length: JsonDocument searches its open arrays and objects backwards whenever one ends.
    /// </summary>
    public const int MaxDepth = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses <paramref name="utf8"/>, which must stay unchanged for as long as the document lives.</summary>
    /// <param name="utf8">The text of one JSON value.</param>
    /// <param name="document">The document, to be disposed of by the caller; null where the text is not valid.</param>
    /// <param name="error">
    /// The problem and its position, in one line that does not contain any of the input; null where there is none.
    /// </param>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8,
        [NotNullWhen(true)] out JsonDocument? document,
        [NotNullWhen(false)] out string? error)
    {
        document = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            error = "not JSON: the text is not valid UTF-8";
            return false;
        }

        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException e)
        {
            error = $"not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            return false;
        }

        if (HasLoneSurrogate(utf8.Span))
        {
            document.Dispose();
            document = null;
            error = "not JSON: a \\u escape names half of a surrogate pair";
            return false;
        }

        error = null;
        return true;
    }

    /// <summary>
    /// Parses JSON of the API server, which may contain what Go's decoder accepts: any depth of nesting, bytes that are not
    /// UTF-8, halves of surrogate pairs. <see cref="JsonRepair"/> rewrites those as Go reads them. Other JSON costs as much as
    /// with <see cref="TryParse"/>.
    /// </summary>
    /// <inheritdoc cref="TryParse"/>
    public static bool TryParseApiJson(
        ReadOnlyMemory<byte> utf8,
        [NotNullWhen(true)] out JsonDocument? document,
        [NotNullWhen(false)] out string? error) =>
        TryParse(utf8, out document, out error)
        || (JsonRepair.Rewrite(utf8.Span, MaxDepth) is { } rewritten && TryParse(rewritten, out document, out error));

    /// <summary>
    /// JsonElement throws only when such a string is read, which could be anywhere. Surrogate escapes are rare in
    /// manifests: a search for their common prefix is enough for nearly every document.
    /// </summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\ud"u8) < 0 && utf8.IndexOf("\\uD"u8) < 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            return true;
        }

        return false;
    }
}
