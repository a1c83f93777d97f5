using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The characters that URL parsers remove from a URL: tabs, carriage returns and line feeds (url.spec.whatwg.org, step 3 of the
/// basic URL parser).
/// </summary>
internal static class UrlBlanks
{
    private static readonly SearchValues<char> Candidates = SearchValues.Create("\t\r\n\\");

    /// <summary>What to remove.</summary>
    public enum Removal
    {
        /// <summary>The characters.</summary>
        Characters,

        /// <summary>
        /// The characters and their escapes in JSON and YAML, <c>\t</c>, <c>\r</c>, <c>\n</c>, also where the backslash is
        /// escaped again.
        /// </summary>
        Escapes,

        /// <summary>Only tabs and their escapes: line breaks separate the lines of the text.</summary>
        Tabs,
    }

    /// <summary>Whether a text might contain such a character or an escape.</summary>
    public static bool MightContain(ReadOnlySpan<char> text) => text.ContainsAny(Candidates);

    /// <summary>Copies a text without the characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="into">Receives the rest; at least as long as the text.</param>
    /// <param name="removal">What to remove.</param>
    /// <param name="gaps">
    /// Receives the indices in the rest before which something was removed; null if they are not needed.
    /// </param>
    /// <returns>The length of the rest.</returns>
    public static int Remove(ReadOnlySpan<char> text, Span<char> into, Removal removal, List<int>? gaps = null)
    {
        var length = 0;
        for (var next = text.IndexOfAny(Candidates); next >= 0; next = text.IndexOfAny(Candidates))
        {
            var (copied, removed) = ReadAt(text[next..], removal);
            text[..(next + copied)].CopyTo(into[length..]);
            length += next + copied;
            text = text[(next + copied + removed)..];
            if (removed > 0)
            {
                gaps?.Add(length);
            }
        }

        text.CopyTo(into[length..]);
        return length + text.Length;
    }

    private static (int Copied, int Removed) ReadAt(ReadOnlySpan<char> text, Removal removal)
    {
        if (text[0] != '\\')
        {
            return removal == Removal.Tabs && text[0] != '\t' ? (1, 0) : (0, 1);
        }

        var escaped = text.IndexOfAnyExcept('\\');
        var isRemoved = escaped > 0
            && removal != Removal.Characters
            && (text[escaped] == 't' || (removal == Removal.Escapes && text[escaped] is 'r' or 'n'));
        return isRemoved ? (0, escaped + 1) : (escaped < 0 ? text.Length : escaped, 0);
    }
}
