using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Finds URLs of the global host that tabs or line breaks split, anywhere in a text. URL parsers remove these characters, while
/// readers of texts take them for the end of a word.
/// </summary>
internal static class SplitUrl
{
    private static readonly SearchValues<string> Names =
        SearchValues.Create([GlobalHost.Name], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a normalised text, or the raw JSON of a part of an object, might contain such a URL.</summary>
    public static bool MightMention(ReadOnlySpan<char> text) =>
        UrlBlanks.MightContain(text)
            && (FindIn(text, UrlBlanks.Removal.Escapes, gaps: null) || FindIn(text, UrlBlanks.Removal.Tabs, gaps: null));

    /// <summary>Whether a normalised text contains such a URL.</summary>
    public static bool CallsGlobalHost(string text) =>
        MightMention(text) && (FindIn(text, UrlBlanks.Removal.Escapes, []) || FindIn(text, UrlBlanks.Removal.Tabs, []));

    /// <param name="text">The text.</param>
    /// <param name="removal">What to remove before the search.</param>
    /// <param name="gaps">
    /// Receives where something was removed: only URLs around a gap count. Null to find any mention of the host.
    /// </param>
    private static bool FindIn(ReadOnlySpan<char> text, UrlBlanks.Removal removal, List<int>? gaps)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            var length = UrlBlanks.Remove(text, buffer, removal, gaps);
            var joined = buffer.AsSpan(0, length);
            return length < text.Length && (gaps is null ? joined.ContainsAny(Names) : FindIn(joined, gaps));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static bool FindIn(ReadOnlySpan<char> joined, List<int> gaps)
    {
        var from = 0;
        while (joined[from..].IndexOfAny(Names) is var offset and >= 0)
        {
            var start = from + offset;
            from = start + GlobalHost.Name.Length;
            var slashes = joined[..start].TrimEnd("/\\");
            var scheme = SpecialScheme.StartOf(slashes);
            if (scheme >= 0
                && slashes.Length < start
                && HostReference.Classify(joined, start, from) == HostMention.Url
                && HasGap(gaps, scheme, from))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something was removed within a URL.</summary>
    private static bool HasGap(List<int> gaps, int start, int end)
    {
        var next = gaps.BinarySearch(start + 1);
        next = next < 0 ? ~next : next;
        return next < gaps.Count && gaps[next] < end;
    }
}
