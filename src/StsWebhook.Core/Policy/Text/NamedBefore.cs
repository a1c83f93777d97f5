using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// What the words before say the next one is for: a flag, the name of a setting (<c>aws configure set
/// sts_regional_endpoints legacy</c>), a key with its colon (<c>{ endpoint: "…" }</c>), or whatever stands before a sign
/// (<c>eventSource == "…"</c>, <c>eventsource IN ('…', '…')</c>). A comma behind a value carries its name on.
/// </summary>
internal struct NamedBefore
{
    /// <summary>Signs that give a value to what stands before them.</summary>
    private static readonly FrozenSet<string> Assigning = FrozenSet.Create(StringComparer.Ordinal, "=", ":=", "=>", ":");

    /// <summary>Signs that hold a value against what stands before them.</summary>
    private static readonly FrozenSet<string> Comparing =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "==", "===", "!=", "!==", "=~", "<>", "in", "like", "-eq", "-ne", "contains");

    /// <summary>The name; null where nothing names the next word.</summary>
    public string? Name { get; private set; }

    /// <summary>Whether the next word is only compared with what the name stands for.</summary>
    public bool IsCompared { get; private set; }

    /// <summary>Takes a sign, which makes a name of the word before it.</summary>
    /// <returns>Whether the word at <paramref name="at"/> is a sign.</returns>
    public bool TakeSign(IReadOnlyList<ShellWord> words, int at, int start)
    {
        var isComparison = Comparing.Contains(words[at].Text);
        if (at == start || !(isComparison || Assigning.Contains(words[at].Text)))
        {
            return false;
        }

        var subject = words[at - 1].Text;
        (Name, IsCompared) = IsReference(subject) ? (null, false) : (subject, isComparison);
        return true;
    }

    /// <summary>Takes a word that is no sign.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isOperand">Whether it is one of the program's own words, and not of what starts the program.</param>
    public void Take(string word, bool isOperand)
    {
        var isFlag = word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal);
        if (isFlag || (isOperand && Keys.IsSettingName(word)))
        {
            (Name, IsCompared) = (word, false);
        }
        else if (word.Length > 1 && word.EndsWith(':') && !IsReference(word))
        {
            (Name, IsCompared) = (word[..^1], false);
        }
        else if (!word.EndsWith(','))
        {
            (Name, IsCompared) = (null, false);
        }
    }

    /// <summary>A shell's reference to a variable is its value, not its name; <c>$.field</c> is a path in JSON.</summary>
    private static bool IsReference(string word) =>
        word is ['$', not '.', ..] && !KeyWords.IsPowerShellVariable(word);
}
