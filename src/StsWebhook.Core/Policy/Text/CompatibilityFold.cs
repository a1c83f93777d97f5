using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Folds characters that are only another form of ASCII letters, digits or host punctuation into those, in lower
/// case, as URL parsers do before they look a host up (WHATWG URL, UTS 46: NFKC, ideographic full stops are dots,
/// invisible characters vanish). All other characters stay.
/// </summary>
/// <remarks>
/// A table of our own, because <c>string.Normalize</c> does nothing in a program built with
/// <c>InvariantGlobalization</c>, and says nothing either.
/// </remarks>
internal static class CompatibilityFold
{
    /// <summary>Folds <paramref name="text"/>; plain ASCII comes back as it is.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                folded.Append((char)rune.Value);
            }
            else if (CompatibilityTable.Sequences.TryGetValue(rune.Value, out var sequence))
            {
                folded.Append(sequence);
            }
            else if (!IsInvisible(rune.Value))
            {
                folded.Append(Single(rune.Value) ?? rune.ToString());
            }
        }

        return folded.ToString();
    }

    private static string? Single(int codePoint)
    {
        var runs = CompatibilityTable.Runs;
        for (var i = 0; i < runs.Length && runs[i] <= codePoint; i += 3)
        {
            if (codePoint < runs[i] + runs[i + 1])
            {
                return ((char)(runs[i + 2] + codePoint - runs[i])).ToString();
            }
        }

        return null;
    }

    /// <summary>Soft hyphen, zero-width space and word joiner, byte order mark, variation selectors.</summary>
    private static bool IsInvisible(int codePoint) =>
        codePoint is 0xAD or 0x200B or 0x2060 or 0xFEFF or (>= 0xFE00 and <= 0xFE0F);
}
