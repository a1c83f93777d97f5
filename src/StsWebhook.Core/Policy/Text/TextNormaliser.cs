using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Brings a text into the one form in which hosts and keywords are looked for.</summary>
internal static class TextNormaliser
{
    /// <summary>
    /// Folds look-alike characters and decodes percent escapes of what URLs are built from; a quote or a brace would
    /// break the text that the URL stands in. Letters keep their case, since <c>stsEndpoint</c> is two words only by
    /// its capital.
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
