namespace StsWebhook.Core.Policy.Text;

/// <summary>A sign within a word, that gives a name to what follows it.</summary>
/// <param name="Name">The name before the sign.</param>
/// <param name="End">The place behind the sign.</param>
/// <param name="IsWhole">Whether what follows can be the name's whole value, and not a default that may never be used.</param>
/// <param name="IsCompared">Whether what follows is only compared with what the name stands for.</param>
internal readonly record struct KeyDelimiter(string Name, int End, bool IsWhole, bool IsCompared)
{
    /// <summary>The longest sign is <c>===</c>.</summary>
    private const int Longest = 3;

    /// <summary>No name is longer that a program reads; a bound keeps the search linear.</summary>
    private const int MaxName = 256;

    /// <summary>Reads the sign at a place of a word, or gives null where there is none, or no name before it.</summary>
    /// <param name="word">The word.</param>
    /// <param name="start">Where the last value began: a name is not looked for before it.</param>
    /// <param name="at">The place.</param>
    /// <param name="isMatcher">Whether it stands among the labels of a query.</param>
    public static KeyDelimiter? TryRead(string word, int start, int at, bool isMatcher) => word[at] switch
    {
        '=' => OfEquals(word, start, at, isMatcher),
        ':' => OfColon(word, start, at),
        '(' => OfCall(word, start, at),
        _ => null,
    };

    private static KeyDelimiter? OfCall(string word, int start, int at)
    {
        var function = NameEndingAt(word, start, at);
        var name = function?[(function.LastIndexOf('.') + 1)..];
        return name is not null && KeyClassifier.HasKnownMeaning(name) ? new KeyDelimiter(name, at + 1, IsWhole: true, !IsSetter(name)) : null;
    }

    /// <summary>
    /// Whether a function sets something: <c>withEndpoint("…")</c> and <c>.region("…")</c> of a builder do,
    /// <c>Host("…")</c> of a proxy's rule compares.
    /// </summary>
    public static bool IsSetter(ReadOnlySpan<char> function)
    {
        var words = KeyWords.Split(function[(function.LastIndexOf('.') + 1)..].ToString());
        return words is ["endpoint" or "region"] || words.Exists(word => word is "set" or "put" or "with" or "use");
    }

    /// <summary><c>=</c>, <c>+=</c>, <c>?=</c>, <c>:=</c>, <c>=></c>, <c>==</c>, <c>!=</c>, <c>=~</c>.</summary>
    private static KeyDelimiter? OfEquals(string word, int start, int at, bool isMatcher)
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
    /// A colon parts a host from its port as well, an account from a user, and a key from a value that is the next
    /// word: it is a sign only behind a name that tells something.
    /// </summary>
    private static KeyDelimiter? OfColon(string word, int start, int at)
    {
        if (at + 1 == word.Length || char.IsAsciiDigit(word[at + 1]) || NameEndingAt(word, start, at) is not { } name || !KeyClassifier.HasKnownMeaning(name))
        {
            return null;
        }

        // ${NAME:-default}
        var isDefault = word[at + 1] is '-' or '=' or '?' or '+' && at > name.Length && word[at - name.Length - 1] == '{';
        return new KeyDelimiter(name, isDefault ? at + 2 : at + 1, !isDefault, IsCompared: false);
    }

    /// <summary>The identifier that ends at <paramref name="end"/>, quotes, brackets and an index left out; or null.</summary>
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
