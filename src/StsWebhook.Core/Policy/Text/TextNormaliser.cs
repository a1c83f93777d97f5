using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Normalises texts for the search for hosts and keywords.</summary>
internal static class TextNormaliser
{
    /// <summary>
    /// Folds look-alike characters and decodes percent escapes of characters that URLs consist of. Escapes of quotes and
    /// braces are kept, since decoding them would break the text around the URL. Letters keep their case, since the
    /// capital in <c>stsEndpoint</c> separates two words.
    /// </summary>
    public static string Normalise(string text) => DecodePercent(CompatibilityFold.Fold(text));

    private static string DecodePercent(string text)
    {
        var at = text.IndexOf('%', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length).Append(text, 0, at);
        while (at < text.Length)
        {
            if (text[at] == '%'
                && at + 2 < text.Length
                && char.IsAsciiHexDigit(text[at + 1])
                && char.IsAsciiHexDigit(text[at + 2])
                && (char)Convert.FromHexString(text.AsSpan(at + 1, 2))[0] is var value
                && (char.IsAsciiLetterOrDigit(value) || "-._~:/?#@&=+,".Contains(value, StringComparison.Ordinal)))
            {
                decoded.Append(value);
                at += 3;
            }
            else
            {
                decoded.Append(text[at++]);
            }
        }

        return decoded.ToString();
    }
}
