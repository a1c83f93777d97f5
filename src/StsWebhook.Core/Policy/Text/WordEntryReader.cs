namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the entries within one word: <c>NAME=value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>Host:value</c>, <c>withEndpoint(value)</c>, and the parameters of a URL's query, <c>?audience=value&amp;key=value</c>.
/// </summary>
internal static class WordEntryReader
{
    /// <summary>Reads <paramref name="word"/>. Values without a nearer key get <paramref name="key"/>.</summary>
    public static IEnumerable<ConfigEntry> Read(string word, string key)
    {
        var delimiter = new KeyDelimiter(key, End: 0, IsWhole: true, IsCompared: false);
        var isMatcher = false;
        var at = 0;
        while (at < word.Length)
        {
            var c = word[at];
            if (c == ':' && word.AsSpan(at).StartsWith("://"))
            {
                // In the authority of a URL a colon is not a delimiter: it separates user from password and host from port.
                at += 3;
                while (at < word.Length && word[at] is not ('/' or '?' or '#' or ',' or '"' or '\''))
                {
                    at++;
                }

                continue;
            }

            // A label matcher in a query of metrics or logs: metric{host="…"}.
            isMatcher |= c == '{' && (at == 0 || char.IsAsciiLetterOrDigit(word[at - 1]));
            if (KeyDelimiter.TryRead(word, delimiter.End, at, isMatcher) is { } next)
            {
                yield return Part(delimiter, word, at);
                delimiter = next;
                at = next.End;
                continue;
            }

            if (c is '&' or ';' || (c == '?' && !word.AsSpan(at).StartsWith("?="))
                || (c == ',' && BeginsAssignment(word, at + 1)))
            {
                yield return Part(delimiter, word, at);
                delimiter = new KeyDelimiter(key, at + 1, IsWhole: true, IsCompared: false);
            }

            at++;
        }

        yield return Part(delimiter, word, word.Length);
    }

    /// <summary>Whether <c>NAME=</c> follows a comma, which then separates two assignments and not two values.</summary>
    private static bool BeginsAssignment(string word, int at) => Assignment.NameLength(word.AsSpan(at).TrimStart("\"'")) > 0;

    /// <summary>
    /// Creates an entry. Quotes, and brackets and commas of a surrounding list or call, are not part of its value.
    /// </summary>
    private static ConfigEntry Part(KeyDelimiter delimiter, string word, int end)
    {
        var value = word.AsSpan(delimiter.End, end - delimiter.End).TrimStart("\"'([{").TrimEnd("\"')]},;").ToString();
        var entry = new ConfigEntry(delimiter.Name, value, delimiter.IsWhole);
        return delimiter.IsCompared ? entry.AsMention() : entry;
    }
}
