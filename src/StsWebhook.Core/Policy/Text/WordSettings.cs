namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings within one word: <c>NAME=value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>Host:value</c>, and the parameters of a URL's query, <c>?audience=value&amp;key=value</c>.
/// </summary>
internal static class WordSettings
{
    /// <summary>Reads a word, which belongs to <paramref name="key"/> where nothing nearer names it.</summary>
    public static IEnumerable<Setting> Read(string word, string key)
    {
        var current = key;
        var start = 0;
        var at = 0;
        while (at < word.Length)
        {
            var c = word[at];
            if (c == ':' && word.AsSpan(at).StartsWith("://"))
            {
                // Within a URL's authority a colon is no sign: it parts user from password and host from port.
                at += 3;
                while (at < word.Length && word[at] is not ('/' or '?' or '#' or ',' or '"' or '\''))
                {
                    at++;
                }

                continue;
            }

            if (c is '=' or ':' && KeyEndingAt(word, start, at) is { } name)
            {
                yield return Part(current, word, start, at);
                current = name;
                start = at + 1;
            }
            else if (c is '&' or '?' or ';')
            {
                yield return Part(current, word, start, at);
                current = key;
                start = at + 1;
            }

            at++;
        }

        yield return Part(current, word, start, at);
    }

    private static Setting Part(string key, string word, int start, int end) =>
        new(key, word[start..end].Trim('"', '\''), IsWhole: true);

    /// <summary>The identifier that ends at <paramref name="end"/>, or null: not every sign has a key before it.</summary>
    private static string? KeyEndingAt(string word, int start, int end)
    {
        while (end > start && word[end - 1] is '"' or '\'')
        {
            end--;
        }

        var begin = end;
        while (begin > start && (char.IsAsciiLetterOrDigit(word[begin - 1]) || word[begin - 1] is '_' or '-' or '.'))
        {
            begin--;
        }

        return begin == end ? null : word[begin..end];
    }
}
