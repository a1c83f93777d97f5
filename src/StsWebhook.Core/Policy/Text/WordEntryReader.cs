namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings within one word: <c>NAME=value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>Host:value</c>, <c>withEndpoint(value)</c>, and the parameters of a URL's query, <c>?audience=value&amp;key=value</c>.
/// </summary>
internal static class WordEntryReader
{
    /// <summary>Reads a word, which belongs to <paramref name="key"/> where nothing nearer names it.</summary>
    public static IEnumerable<ConfigEntry> Read(string word, string key)
    {
        var sign = new KeyDelimiter(key, End: 0, IsWhole: true, IsCompared: false);
        var isMatcher = false;
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

            // The labels that a query of metrics or logs selects by: metric{host="…"}.
            isMatcher |= c == '{' && (at == 0 || char.IsAsciiLetterOrDigit(word[at - 1]));
            if (KeyDelimiter.TryRead(word, sign.End, at, isMatcher) is { } next)
            {
                yield return Part(sign, word, at);
                sign = next;
                at = next.End;
                continue;
            }

            if (c is '&' or ';' || (c == '?' && !word.AsSpan(at).StartsWith("?=")) || (c == ',' && BeginsAssignment(word, at + 1)))
            {
                yield return Part(sign, word, at);
                sign = new KeyDelimiter(key, at + 1, IsWhole: true, IsCompared: false);
            }

            at++;
        }

        yield return Part(sign, word, word.Length);
    }

    /// <summary>Whether <c>NAME=</c> follows a comma, which then parts two assignments, and not two values.</summary>
    private static bool BeginsAssignment(string word, int at) => Assignment.NameLength(word.AsSpan(at).TrimStart("\"'")) > 0;

    /// <summary>The value without its quotes, and without the signs of a list or a call that it is the last or the first of.</summary>
    private static ConfigEntry Part(KeyDelimiter sign, string word, int end)
    {
        var value = word.AsSpan(sign.End, end - sign.End).TrimStart("\"'([{").TrimEnd("\"')]},;").ToString();
        var setting = new ConfigEntry(sign.Name, value, sign.IsWhole);
        return sign.IsCompared ? setting.AsMention() : setting;
    }
}
