using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings within one word: <c>NAME=value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>Host:value</c>, and the parameters of a URL's query, <c>?audience=value&amp;key=value</c>.
/// </summary>
internal static class WordSettings
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Reads a word, which belongs to <paramref name="key"/> where nothing nearer names it.</summary>
    public static IEnumerable<Setting> Read(string word, string key)
    {
        var current = key;
        var isWhole = true;
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

            if ((c == '=' || (c == ':' && !IsNoSign(word, at))) && KeyEndingAt(word, start, at) is { } name)
            {
                yield return Part(current, word, start, at) with { IsWhole = isWhole };
                current = name;
                isWhole = !IsDefault(word, at, name);
                start = isWhole ? at + 1 : at + 2;
                at = start;
                continue;
            }

            if (c is '&' or '?' or ';' || (c == ',' && BeginsAssignment(word, at + 1)))
            {
                yield return Part(current, word, start, at) with { IsWhole = isWhole };
                current = key;
                isWhole = true;
                start = at + 1;
            }

            at++;
        }

        yield return Part(current, word, start, word.Length) with { IsWhole = isWhole };
    }

    /// <summary>
    /// Whether the colon parts a host from its port, as in the lists of <c>NO_PROXY</c>, or a key from a value that is
    /// the next word.
    /// </summary>
    private static bool IsNoSign(string word, int at) => at + 1 == word.Length || char.IsAsciiDigit(word[at + 1]);

    /// <summary>Whether the sign begins a default, as in <c>${NAME:-default}</c>: a value that may never be used.</summary>
    private static bool IsDefault(string word, int at, string name) =>
        word[at] == ':'
        && at + 1 < word.Length
        && word[at + 1] is '-' or '=' or '?' or '+'
        && at > name.Length
        && word[at - name.Length - 1] == '{';

    /// <summary>Whether <c>NAME=</c> follows a comma, which then parts two assignments, and not two values.</summary>
    private static bool BeginsAssignment(string word, int at)
    {
        var name = word.AsSpan(at).TrimStart("\"'");
        var end = name.IndexOfAnyExcept(NameCharacters);
        return end > 0 && name[end] == '=';
    }

    /// <summary>The value without its quotes, and without the signs of a list or a call that it is the last or the first of.</summary>
    private static Setting Part(string key, string word, int start, int end) =>
        new(key, word.AsSpan(start, end - start).TrimStart("\"'([{").TrimEnd("\"')]},;").ToString(), IsWhole: true);

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
