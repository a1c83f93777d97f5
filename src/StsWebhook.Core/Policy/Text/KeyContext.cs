using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// What the words before say the next one is for: a flag, the name of a setting (<c>aws configure set
/// sts_regional_endpoints legacy</c>), a key with its colon (<c>{ endpoint: "…" }</c>), or whatever stands before a sign
/// (<c>eventSource == "…"</c>, <c>eventsource IN ('…', '…')</c>). A comma behind a value carries its name on.
/// </summary>
internal struct KeyContext
{
    /// <summary>Signs that give a value to what stands before them.</summary>
    private static readonly FrozenSet<string> Assigning =
        FrozenSet.Create(StringComparer.Ordinal, "=", ":=", "+=", "?=", ".=", "||=", "=>", "->", ":");

    /// <summary>Signs that hold a value against what stands before them.</summary>
    private static readonly FrozenSet<string> Comparing =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "==", "===", "!=", "!==", "=~", "<>", "in", "like", "-eq", "-ne", "contains");

    /// <summary>Types that stand between a name and its sign, as in <c>STS_HOST: str = "…"</c>.</summary>
    private static readonly FrozenSet<string> Types = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "str", "string", "any", "final");

    private bool isBySign;
    private string? nameOfPair;

    /// <summary>The name; null where nothing names the next word.</summary>
    public string? Name { get; private set; }

    /// <summary>Whether the next word is only compared with what the name stands for.</summary>
    public bool IsCompared { get; private set; }

    /// <summary>Whether the next word can be the whole value: it may only go on what a comma carries.</summary>
    public bool IsCarried { get; private set; }

    /// <summary>Whether nothing but the name, no flag and no sign, stands before the next word: it may be a word of a sentence.</summary>
    public readonly bool IsPlain => !isBySign && Name is not ['-', ..];

    /// <summary>Whether a word is a type.</summary>
    public static bool IsType(string word) => Types.Contains(word);

    /// <summary>Whether a word is a key with its colon.</summary>
    public static bool IsKey(string word) => word is [not '$', .., ':'];

    /// <summary>Takes a sign, which makes a name of the word before it.</summary>
    /// <returns>Whether the word at <paramref name="at"/> is a sign.</returns>
    public bool TryReadDelimiter(IReadOnlyList<ShellWord> words, int at, int start)
    {
        if (words[at].Text is ['&', not '&', ..])
        {
            // A YAML anchor, that the value has for others to refer to.
            return true;
        }

        var isComparison = Comparing.Contains(words[at].Text);
        var isDefault = words[at].Text == "default" && at == start;
        if (!(isComparison || isDefault || Assigning.Contains(words[at].Text)) || SubjectOf(words, at, start) is not { } subject)
        {
            return false;
        }

        if (!(IsType(subject) && Name is not null))
        {
            // Within a parenthesis of its own nothing is assigned: if ($host = "…").
            var isInParenthesis = words[at].Text == "="
                && (subject.StartsWith('(') || (at >= 2 && words[at - 2] is { IsOperator: true, Text: "(" }));
            Set(Clean(subject), isBySign: true, isComparison || isInParenthesis);
        }

        return true;
    }

    /// <summary>Takes a word that is no sign.</summary>
    /// <param name="word">The word.</param>
    /// <param name="program">The program whose word it is; null for one of those that start the program.</param>
    public void Advance(string word, string? program)
    {
        var isFlag = word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal);
        if (IsKey(word))
        {
            Set(NameOf(Clean(word[..^1])), isBySign: true);
        }
        else if (isFlag && program is not null)
        {
            Set(NameOf(word), isBySign: false);
        }
        else if (Name is { } name && NameValueConvention.IsName(name))
        {
            nameOfPair = Clean(word);
            Set(null);
        }
        else if (program is not null && SettingNamedBy(word, program) is { } setting)
        {
            nameOfPair = setting;
            Set(setting);
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

    private void Set(string? name, bool isBySign = false, bool isCompared = false) =>
        (Name, this.isBySign, IsCompared, IsCarried) = (name, isBySign, isCompared, false);

    /// <summary>
    /// The word that a sign follows: a call that ends before it is part of it, and so is the pipe before a template's
    /// <c>default</c>.
    /// </summary>
    private static string? SubjectOf(IReadOnlyList<ShellWord> words, int at, int start)
    {
        var before = at > start ? at - 1 : at >= 2 && words[at - 1].Text is ")" or "|" ? at - 2 : -1;
        return before >= 0 && !words[before].IsOperator ? words[before].Text : null;
    }

    private readonly string NameOf(string key) => nameOfPair is { } name && NameValueConvention.IsValue(key.TrimStart('-')) ? name : key;

    /// <summary>The setting that a word names, whose value is the next word; or null.</summary>
    private static string? SettingNamedBy(string word, string program)
    {
        // nginx: set $sts_host sts.us-east-2.amazonaws.com;
        var name = program == "set" && word is ['$', _, ..] && KeyClassifier.HasKnownMeaning(word[1..]) ? word[1..] : Clean(word);
        return KeyClassifier.IsSettingName(name) || (IsArgumentOfSetter(word) && KeyClassifier.HasKnownMeaning(name)) ? name : null;
    }

    /// <summary><c>System.setProperty("sts.endpoint", "…")</c>: in a call that sets, the second argument is the first one's value.</summary>
    private static bool IsArgumentOfSetter(string word) =>
        word.LastIndexOf('(') is var bracket and > 0 && KeyDelimiter.IsSetter(word.AsSpan(0, bracket));

    /// <summary>The innermost name of <c>f("name",</c>, <c>$ENV{name}</c>, <c>environ["name"]</c>; before an index, what is indexed.</summary>
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
