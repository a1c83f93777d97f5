using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Folds characters that are compatibility forms of ASCII letters, digits or host punctuation to ASCII in lower case, as
/// URL parsers do before they resolve a host (WHATWG URL, UTS 46: NFKC, ideographic full stops become dots, ignored code
/// points are removed). All other characters are kept.
/// </summary>
/// <remarks>
/// Uses its own table, since <c>string.Normalize</c> silently returns its input in a program that is built with
/// <c>InvariantGlobalization</c>.
/// </remarks>
internal static class CompatibilityFold
{
    /// <summary>Folds <paramref name="text"/>. ASCII text is returned as the same instance.</summary>
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
            else if (!IsIgnored(rune.Value))
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

    /// <summary>Finds the character of a run by binary search; null if the code point is not in a run.</summary>
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

    /// <summary>Finds the code point in the ranges of ignored ones by binary search.</summary>
    private static bool IsIgnored(int codePoint)
    {
        var ranges = CompatibilityTable.Ignored;
        var low = 0;
        var high = ranges.Length / 2;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[2 * middle] <= codePoint)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var range = 2 * (low - 1);
        return range >= 0 && codePoint < ranges[range] + ranges[range + 1];
    }
}
