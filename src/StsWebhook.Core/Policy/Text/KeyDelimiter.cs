namespace StsWebhook.Core.Policy.Text;

/// <summary>A delimiter within a word, between a name and its value.</summary>
/// <param name="Name">The name before the delimiter.</param>
/// <param name="End">The index after the delimiter.</param>
/// <param name="IsWhole">Whether the value after the delimiter can be the whole value of the name, and not a default that may be
/// unused.</param>
/// <param name="IsCompared">Whether the value is only compared with the value of the name.</param>
internal readonly record struct KeyDelimiter(string Name, int End, bool IsWhole, bool IsCompared)
{
    /// <summary>The length of the longest delimiter, <c>===</c>.</summary>
    private const int Longest = 3;

    /// <summary>The longest name, in characters. The limit keeps the search linear.</summary>
    private const int MaxName = 256;

    /// <summary>Reads a delimiter; null if there is none at the index, or no name before it.</summary>
    /// <param name="word">The word.</param>
    /// <param name="start">The start of the current value. The name of the delimiter is not before it.</param>
    /// <param name="at">The index.</param>
    /// <param name="isMatcher">Whether the index is within the label matchers of a query.</param>
    public static KeyDelimiter? TryRead(string word, int start, int at, bool isMatcher) => word[at] switch
    {
        '=' => ReadEquals(word, start, at, isMatcher),
        ':' => ReadColon(word, start, at),
        '(' => ReadCall(word, start, at),
        _ => null,
    };

    private static KeyDelimiter? ReadCall(string word, int start, int at)
    {
        var function = NameEndingAt(word, start, at);
        var name = function?[(function.LastIndexOf('.') + 1)..];
        return name is not null && KeyClassifier.HasKnownMeaning(name)
            ? new KeyDelimiter(name, at + 1, IsWhole: true, !IsSetter(name)) : null;
    }

    /// <summary>
    /// Whether a function sets a value, as <c>withEndpoint("…")</c> and <c>.region("…")</c> of a builder do.
    /// <c>Host("…")</c> in the rule of a proxy compares.
    /// </summary>
    public static bool IsSetter(ReadOnlySpan<char> function)
    {
        var words = KeyWords.Split(function[(function.LastIndexOf('.') + 1)..].ToString());
        return words is ["endpoint" or "region"] || words.Exists(word => word is "set" or "put" or "with" or "use");
    }

    /// <summary>Reads <c>=</c>, <c>+=</c>, <c>?=</c>, <c>:=</c>, <c>=></c>, <c>==</c>, <c>!=</c> or <c>=~</c>.</summary>
    private static KeyDelimiter? ReadEquals(string word, int start, int at, bool isMatcher)
    {
        var isCompared = isMatcher || (at > start && word[at - 1] == '!');
        var end = at + 1;
        while (end < word.Length && end < at + Longest && word[end] is '=' or '~' or '>')
        {
            isCompared |= word[end] != '>';
            end++;
        }

        return NameEndingAt(word, start, at) is { } name ? new KeyDelimiter(name, end, IsWhole: true, isCompared) : null;
    }

    /// <summary>
    /// Reads a colon. It also separates a host from its port, an account from a user, and a key from a value that is the
    /// next word, so it is a delimiter only after a name with a known meaning.
    /// </summary>
    private static KeyDelimiter? ReadColon(string word, int start, int at)
    {
        if (at + 1 == word.Length || char.IsAsciiDigit(word[at + 1]) || NameEndingAt(word, start, at) is not { } name
            || !KeyClassifier.HasKnownMeaning(name))
        {
            return null;
        }

        // ${NAME:-default}
        var isDefault = word[at + 1] is '-' or '=' or '?' or '+' && at > name.Length && word[at - name.Length - 1] == '{';
        return new KeyDelimiter(name, isDefault ? at + 2 : at + 1, !isDefault, IsCompared: false);
    }

    /// <summary>
    /// The identifier that ends at <paramref name="end"/>, without quotes, brackets and an index; null if there is none.
    /// </summary>
    private static string? NameEndingAt(string word, int start, int end)
    {
        start = Math.Max(start, end - MaxName);
        var name = word.AsSpan(start, end - start).TrimEnd("+?:|!.").TrimEnd("\"']})");
        if (name.LastIndexOf('[') is var bracket and > 0 && !name[(bracket + 1)..].ContainsAnyExceptInRange('0', '9'))
        {
            name = name[..bracket];
        }

        var begin = name.Length;
        while (begin > 0 && (char.IsAsciiLetterOrDigit(name[begin - 1]) || name[begin - 1] is '_' or '-' or '.'))
        {
            begin--;
        }

        return begin == name.Length ? null : name[begin..].ToString();
    }
}
