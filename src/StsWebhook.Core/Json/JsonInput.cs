using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace StsWebhook.Core.Json;

/// <summary>Turns bytes of unknown origin into a document that every later reader can trust to be well-formed text.</summary>
public static class JsonInput
{
    /// <summary>
    /// How deep arrays and objects may nest. A pod with its managed fields is some 15 levels deep; a limit keeps a
    /// hostile body from costing more than its length.
    /// </summary>
    public const int MaxDepth = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses <paramref name="utf8"/>, which must stay unchanged for as long as the document lives.</summary>
    /// <param name="utf8">The text of one JSON value.</param>
    /// <param name="document">The document, to be disposed by the caller.</param>
    /// <param name="error">What is wrong and where, in one line that quotes nothing of the input.</param>
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
    /// JsonElement throws only when such a string is read, which would be anywhere in the walk. Pairs are rare
    /// enough in manifests that one search for their common prefix settles nearly every document.
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
