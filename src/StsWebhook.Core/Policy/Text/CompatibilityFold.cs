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
                Append(folded, rune);
            }
        }

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (Single(rune.Value) is { } single)
        {
            folded.Append(single);
            return;
        }

        Span<char> units = stackalloc char[2];
        folded.Append(units[..rune.EncodeToUtf16(units)]);
    }

    /// <summary>Searches the runs, which are in order, for the last that does not begin behind the character.</summary>
    private static char? Single(int codePoint)
    {
        var runs = CompatibilityTable.Runs;
        var low = 0;
        var high = runs.Length / 3;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[3 * middle] <= codePoint)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var run = 3 * (low - 1);
        return run >= 0 && codePoint < runs[run] + runs[run + 1] ? (char)(runs[run + 2] + codePoint - runs[run]) : null;
    }

    /// <summary>Soft hyphen, zero-width space and word joiner, byte order mark, variation selectors.</summary>
    private static bool IsInvisible(int codePoint) =>
        codePoint is 0xAD or 0x200B or 0x2060 or 0xFEFF or (>= 0xFE00 and <= 0xFE0F);
}
