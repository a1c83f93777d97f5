using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The name that the words before a word of a command line give it: a flag, a key (<c>aws configure set
/// sts_regional_endpoints legacy</c>), a key with a colon (<c>{ endpoint: "…" }</c>), or the word before a delimiter
/// (<c>eventSource == "…"</c>, <c>eventsource IN ('…', '…')</c>). After a value with a comma, the name applies to the next
/// word too.
/// </summary>
/// <example>
/// <para><c>app --sts-endpoint sts.amazonaws.com</c>: after <c>--sts-endpoint</c>, <see cref="Name"/> is that flag, so the host
/// is an endpoint. After the host it is null again.</para>
/// <para><c>host == "sts.amazonaws.com"</c>: the delimiter makes <c>host</c> the name and sets <see cref="IsCompared"/>, so the
/// value is only a mention.</para>
/// <para><c>hosts: a, sts.amazonaws.com</c>: the colon makes <c>hosts</c> the name; the comma after <c>a</c> keeps it and sets
/// <see cref="IsCarried"/>, so the host has the key <c>hosts</c> but is not its whole value.</para>
/// </example>
internal struct KeyContext
{
    /// <summary>Delimiters that assign a value to the name before them.</summary>
    private static readonly FrozenSet<string> Assigning =
        FrozenSet.Create(StringComparer.Ordinal, "=", ":=", "+=", "?=", ".=", "||=", "=>", "->", ":");

    /// <summary>Delimiters that compare a value with the name before them.</summary>
    private static readonly FrozenSet<string> Comparing =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "==", "===", "!=", "!==", "=~", "<>", "in", "like", "-eq", "-ne",
            "contains");

    /// <summary>Types between a name and its delimiter, as in <c>STS_HOST: str = "…"</c>.</summary>
    private static readonly FrozenSet<string> Types =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "str", "string", "any", "final");

    private bool isDelimited;
    private string? nameOfPair;

    /// <summary>The name of the next word; null if it has none.</summary>
    public string? Name { get; private set; }

    /// <summary>Whether the next word is only compared with the value of the name.</summary>
    public bool IsCompared { get; private set; }

    /// <summary>
    /// Whether the next word continues a comma-separated list, so that it cannot be the whole value of the name.
    /// </summary>
    public bool IsCarried { get; private set; }

    /// <summary>
    /// Whether the name is a plain word, neither a flag nor followed by a delimiter, so that both words may belong to a sentence.
    /// </summary>
    public readonly bool IsPlain => !isDelimited && Name is not ['-', ..];

    /// <summary>Whether a word is a type.</summary>
    public static bool IsType(string word) => Types.Contains(word);

    /// <summary>Whether a word is a key with a colon at its end.</summary>
    public static bool IsKey(string word) => word is [not '$', .., ':'];

    /// <summary>Reads a delimiter, which makes the word before it the name of the next word.</summary>
    /// <param name="words">The words of the command line.</param>
    /// <param name="at">The index of the word to read.</param>
    /// <param name="start">The index of the first word of the command.</param>
    /// <returns>Whether the word is a delimiter, or another word without a meaning of its own.</returns>
    public bool TryReadDelimiter(IReadOnlyList<ShellWord> words, int at, int start)
    {
        if (words[at].Text is ['&', not '&', ..])
        {
            // A YAML anchor: other values refer to this value with an alias.
            return true;
        }

        var isComparison = Comparing.Contains(words[at].Text);
        var isDefault = words[at].Text == "default" && at == start;
        if (!(isComparison || isDefault || Assigning.Contains(words[at].Text)) || WordBefore(words, at, start) is not { } name)
        {
            return false;
        }

        if (!(IsType(name) && Name is not null))
        {
            // Within a parenthesis the equals sign compares: if ($host = "…").
            var isInParenthesis = words[at].Text == "="
                && (name.StartsWith('(') || (at >= 2 && words[at - 2] is { IsOperator: true, Text: "(" }));
            Set(Clean(name), isDelimited: true, isComparison || isInParenthesis);
        }

        return true;
    }

    /// <summary>Advances past a word that is not a delimiter.</summary>
    /// <param name="word">The word.</param>
    /// <param name="program">The program that the word belongs to; null for a word before the program.</param>
    public void Advance(string word, string? program)
    {
        var isFlag = word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal);
        if (IsKey(word))
        {
            Set(NameOf(Clean(word[..^1])), isDelimited: true);
        }
        else if (isFlag && program is not null)
        {
            Set(NameOf(word), isDelimited: false);
        }
        else if (Name is { } name && NameValueConvention.IsName(name))
        {
            nameOfPair = Clean(word);
            Set(null);
        }
        else if (program is not null && FindKey(word, program) is { } key)
        {
            nameOfPair = key;
            Set(key);
        }
        else if (Name is not null && word.EndsWith(','))
        {
            IsCarried = true;
        }
        else
        {
            Set(null);
        }
    }

    private void Set(string? name, bool isDelimited = false, bool isCompared = false) =>
        (Name, this.isDelimited, IsCompared, IsCarried) = (name, isDelimited, isCompared, false);

    /// <summary>
    /// The word before a delimiter; null if there is none. The end of a call, and the pipe before <c>default</c> of a
    /// template, are skipped.
    /// </summary>
    private static string? WordBefore(IReadOnlyList<ShellWord> words, int at, int start)
    {
        var before = at > start ? at - 1 : at >= 2 && words[at - 1].Text is ")" or "|" ? at - 2 : -1;
        return before >= 0 && !words[before].IsOperator ? words[before].Text : null;
    }

    private readonly string NameOf(string key) =>
        nameOfPair is { } name && NameValueConvention.IsValue(key.TrimStart('-')) ? name : key;

    /// <summary>The key that a word contains if the next word is its value; null if the word is not a key.</summary>
    private static string? FindKey(string word, string program)
    {
        // nginx: set $sts_host sts.us-east-2.amazonaws.com;
        var name = program == "set" && word is ['$', _, ..] && KeyClassifier.HasKnownMeaning(word[1..]) ? word[1..] : Clean(word);
        return KeyClassifier.IsKeyBeforeValue(name) || (IsArgumentOfSetter(word) && KeyClassifier.HasKnownMeaning(name))
            ? name
            : null;
    }

    /// <summary>
    /// Whether a word is the first argument of a setter, whose second argument is the value:
    /// <c>System.setProperty("sts.endpoint", "…")</c>.
    /// </summary>
    private static bool IsArgumentOfSetter(string word) =>
        word.LastIndexOf('(') is var bracket and > 0 && KeyDelimiter.IsSetter(word.AsSpan(0, bracket));

    /// <summary>
    /// The innermost name of <c>f("name",</c>, <c>$ENV{name}</c>, <c>environ["name"]</c>; for an index, the name of the indexed
    /// value.
    /// </summary>
    public static string Clean(string word)
    {
        var name = word.AsSpan().TrimEnd(",;)]}");
        while (name.LastIndexOfAny("([{") is var bracket and >= 0)
        {
            var inner = name[(bracket + 1)..];
            if (inner.IsEmpty || inner.ContainsAnyExceptInRange('0', '9'))
            {
                return inner.IsEmpty ? name.ToString() : inner.ToString();
            }

            name = name[..bracket];
        }

        return name.ToString();
    }
}
