using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the entries of a command line: <c>--flag value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>NAME=value</c>, names with a value after them (<see cref="KeyContext"/>), and the variables that it removes
/// from the environment.
/// </summary>
internal static class CommandLineEntryReader
{
    /// <summary>Programs that compare or search for words.</summary>
    private static readonly FrozenSet<string> Searchers =
        FrozenSet.Create(StringComparer.Ordinal, "grep", "egrep", "fgrep", "zgrep", "rg", "test", "[", "[[");

    /// <summary>Programs that print their words, to the log or to the target of a redirection.</summary>
    private static readonly FrozenSet<string> Printers = FrozenSet.Create(StringComparer.Ordinal, "echo", "printf");

    /// <summary>Programs that replace words in files.</summary>
    private static readonly FrozenSet<string> Editors = FrozenSet.Create(StringComparer.Ordinal, "sed", "gsed");

    /// <summary>Reads words. Values without a nearer key get <paramref name="key"/>.</summary>
    /// <param name="words">The words.</param>
    /// <param name="key">The key of the whole line.</param>
    /// <param name="budget">The budget of the line; null for a line that is not within another text.</param>
    /// <param name="from">The index of the first word whose entries are returned. Words before it only give names.</param>
    /// <param name="isOutputRedirected">Whether text around the line redirects the output of the commands into a file.</param>
    public static IEnumerable<ConfigEntry> Read(
        IReadOnlyList<ShellWord> words, string key = "", ParseBudget? budget = null, int from = 0,
        bool isOutputRedirected = false)
    {
        budget ??= new ParseBudget();
        var lastRedirection = isOutputRedirected ? words.Count : LastRedirection(words);
        foreach (var command in SimpleCommand.Split(words))
        {
            // The key applies to the first command, and not to commands after it.
            var entries = Read(words, command, command.Start == 0 ? key : string.Empty, budget, from);
            var isMention = Searchers.Contains(command.Program)
                || (Printers.Contains(command.Program) && lastRedirection < command.End);
            foreach (var entry in isMention ? entries.Select(s => s.AsMention()) : entries)
            {
                yield return entry;
            }

            foreach (var removal in command.Removals.Where(removal => removal.Index >= from))
            {
                yield return ConfigEntry.Removal(removal.Variable);
            }
        }
    }

    private static IEnumerable<ConfigEntry> Read(
        IReadOnlyList<ShellWord> words, SimpleCommand command, string key, ParseBudget budget, int from)
    {
        var context = default(KeyContext);
        for (var at = command.Start; at < command.End; at++)
        {
            if (words[at].IsOperator || context.TryReadDelimiter(words, at, command.Start))
            {
                continue;
            }

            var word = words[at].Text;
            if (at >= from)
            {
                var entries = Editors.Contains(command.Program) ? ReadEdited(word, budget)
                    : context.Name is { } name && !word.StartsWith('-') && !KeyContext.IsKey(word)
                    ? ReadNamed(word, name, context, budget)
                    : ReadUnnamed(word, key, budget);
                foreach (var entry in entries)
                {
                    yield return entry;
                }
            }

            context.Advance(word, at >= command.Operands ? command.Program : null);
        }
    }

    /// <summary>
    /// Reads a word that has a name. In a sentence, the word after the name of the STS endpoint mode is hardly ever the
    /// mode, unless it is <c>legacy</c>.
    /// </summary>
    private static IEnumerable<ConfigEntry> ReadNamed(string word, string name, KeyContext context, ParseBudget budget)
    {
        var entries = TextEntryReader.Read(word, name, budget.Inner());
        var isSentence = context.IsPlain && KeyClassifier.IsEndpointMode(name) && !KeyClassifier.IsLegacy(KeyContext.Clean(word));
        var (isCompared, isPart) = (context.IsCompared, context.IsCarried || isSentence);
        return entries.Select(entry =>
            isCompared ? entry.AsMention() : isPart ? entry with { IsWhole = entry.IsWhole && entry.Key != name } : entry);
    }

    /// <summary>Reads a word without a name, which is only a part of the value of the line's key.</summary>
    private static IEnumerable<ConfigEntry> ReadUnnamed(string word, string key, ParseBudget budget) =>
        (TextEntryReader.IsText(word) ? TextEntryReader.Read(word, key, budget.Inner()) : WordEntryReader.Read(word, key))
        .Select(entry => entry with { IsWhole = entry.IsWhole && entry.Key != key });

    /// <summary>Reads a script of <c>sed</c>. Only replacements count, since the patterns are removed from the file.</summary>
    private static IEnumerable<ConfigEntry> ReadEdited(string word, ParseBudget budget) =>
        SedScript.Replacements(word).SelectMany(text => TextEntryReader.Read(text, string.Empty, budget.Inner()));

    /// <summary>
    /// The index of the last operator that redirects output into a file or another command, and not to the log; -1 if there
    /// is none. It applies to every command before it, since it may follow a group of commands.
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
