using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings of a command line: <c>--flag value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>NAME=value</c>, names with their values behind them (<see cref="KeyContext"/>), and the variables that it takes
/// out of the environment.
/// </summary>
internal static class CommandLineEntryReader
{
    /// <summary>Programs that compare or look for words.</summary>
    private static readonly FrozenSet<string> Searchers =
        FrozenSet.Create(StringComparer.Ordinal, "grep", "egrep", "fgrep", "zgrep", "rg", "test", "[", "[[");

    /// <summary>Programs that write their words, to wherever the shell sends them.</summary>
    private static readonly FrozenSet<string> Printers = FrozenSet.Create(StringComparer.Ordinal, "echo", "printf");

    /// <summary>Programs that replace words in files.</summary>
    private static readonly FrozenSet<string> Editors = FrozenSet.Create(StringComparer.Ordinal, "sed", "gsed");

    /// <summary>Reads words, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    /// <param name="words">The words.</param>
    /// <param name="key">The key of the whole line.</param>
    /// <param name="nesting">Where the line stands within other texts; null for nowhere.</param>
    /// <param name="from">The first word whose settings are asked for; those before it only lead there.</param>
    /// <param name="keepsOutput">Whether what the commands print goes into a file by what stands around the line.</param>
    public static IEnumerable<ConfigEntry> Read(
        IReadOnlyList<ShellWord> words, string key = "", ParseBudget? nesting = null, int from = 0, bool keepsOutput = false)
    {
        nesting ??= new ParseBudget();
        var lastRedirection = keepsOutput ? words.Count : LastRedirection(words);
        foreach (var command in SimpleCommand.Split(words))
        {
            // What the key says holds for what follows it, and not for the command behind that.
            var settings = Read(words, command, command.Start == 0 ? key : string.Empty, nesting, from);
            var isMention = Searchers.Contains(command.Program)
                || (Printers.Contains(command.Program) && lastRedirection < command.End);
            foreach (var setting in isMention ? settings.Select(s => s.AsMention()) : settings)
            {
                yield return setting;
            }

            foreach (var removal in command.Removals.Where(removal => removal.Index >= from))
            {
                yield return ConfigEntry.Removal(removal.Variable);
            }
        }
    }

    private static IEnumerable<ConfigEntry> Read(
        IReadOnlyList<ShellWord> words, SimpleCommand command, string key, ParseBudget nesting, int from)
    {
        var before = default(KeyContext);
        for (var at = command.Start; at < command.End; at++)
        {
            if (words[at].IsOperator || before.TryReadDelimiter(words, at, command.Start))
            {
                continue;
            }

            var word = words[at].Text;
            if (at >= from)
            {
                var settings = Editors.Contains(command.Program) ? Edited(word, nesting)
                    : before.Name is { } name && !word.StartsWith('-') && !KeyContext.IsKey(word) ? Named(word, name, before, nesting)
                    : Word(word, key, nesting);
                foreach (var setting in settings)
                {
                    yield return setting;
                }
            }

            before.Advance(word, at >= command.Operands ? command.Program : null);
        }
    }

    /// <summary>
    /// A word that something names. In a sentence the word behind the mode's name is hardly ever the mode, unless it
    /// is <c>legacy</c>.
    /// </summary>
    private static IEnumerable<ConfigEntry> Named(string word, string name, KeyContext before, ParseBudget nesting)
    {
        var settings = TextEntryReader.Read(word, name, nesting.Inner());
        var (isCompared, isPart) = (before.IsCompared, before.IsCarried || (before.IsPlain && KeyClassifier.IsMode(name) && !KeyClassifier.IsLegacy(KeyContext.Clean(word))));
        return settings.Select(setting =>
            isCompared ? setting.AsMention() : isPart ? setting with { IsWhole = setting.IsWhole && setting.Key != name } : setting);
    }

    /// <summary>A word that no flag stands before is not the whole value of the line's key, only part of it.</summary>
    private static IEnumerable<ConfigEntry> Word(string word, string key, ParseBudget nesting) =>
        (TextEntryReader.IsText(word) ? TextEntryReader.Read(word, key, nesting.Inner()) : WordEntryReader.Read(word, key))
        .Select(setting => setting with { IsWhole = setting.IsWhole && setting.Key != key });

    /// <summary>What is looked for to be replaced is on its way out.</summary>
    private static IEnumerable<ConfigEntry> Edited(string word, ParseBudget nesting) =>
        SedScript.Replacements(word).SelectMany(text => TextEntryReader.Read(text, string.Empty, nesting.Inner()));

    /// <summary>
    /// The place of the last operator that sends what a command prints into a file or another command, and not to the
    /// log; -1 where there is none. It counts for every command before it, since it may stand behind a group of them.
    /// </summary>
    private static int LastRedirection(IReadOnlyList<ShellWord> words)
    {
        for (var at = words.Count - 1; at >= 0; at--)
        {
            var next = at + 1 < words.Count ? words[at + 1].Text : string.Empty;
            var isOr = next == "|" || (at > 0 && words[at - 1].Text == "|");
            if (words[at] is { IsOperator: true, Text: ">" or "|" } and var operation
                && (operation.Text == ">" ? next is not ("&1" or "&2" or "/dev/stdout" or "/dev/stderr" or "/dev/null") : !isOr))
            {
                return at;
            }
        }

        return -1;
    }
}
