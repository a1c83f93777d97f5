using System.Buffers;
using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// One command of a command line (POSIX XCU 2.9.1, Simple Commands): the words between two operators, of which the
/// first may be assignments and programs that start another one, as <c>exec</c> and <c>env</c>.
/// </summary>
internal sealed class SimpleCommand
{
    /// <summary>What stands before a program that runs in the same environment: other programs, and words of the shell.</summary>
    private static readonly FrozenSet<string> Launchers = FrozenSet.Create(
        StringComparer.Ordinal,
        "exec", "command", "sudo", "nohup", "setsid", "time", "tini", "dumb-init",
        "!", "{", "if", "then", "elif", "else", "while", "until", "do");

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly List<(int Index, string Variable)> removals = [];
    private readonly List<string> assigned = [];

    private SimpleCommand(IReadOnlyList<ShellWord> words, int start, int end)
    {
        Start = start;
        End = end;
        (Program, Operands) = Read(words);
    }

    /// <summary>The place of the first word.</summary>
    public int Start { get; }

    /// <summary>The place behind the last word.</summary>
    public int End { get; }

    /// <summary>The name of the program that runs in the end, without its folder; empty where there is none.</summary>
    public string Program { get; }

    /// <summary>The place of the program's own words, behind what only prepares its start.</summary>
    public int Operands { get; }

    /// <summary>
    /// The variables that the program does not get to see, each with the place of the word that says so; an empty
    /// name stands for all of them.
    /// </summary>
    public IEnumerable<(int Index, string Variable)> Removals =>
        removals.Where(removal => removal.Variable.Length > 0 || !assigned.Exists(Keys.IsMode));

    /// <summary>
    /// Whether a text, or the raw JSON of a command, may run <c>env</c> with an option or <c>exec -c</c>: what such a
    /// command takes away it need not name.
    /// </summary>
    public static bool MayClear(ReadOnlySpan<char> text) => HasOptionBehind(text, "env") || HasOptionBehind(text, "exec");

    /// <summary>
    /// The commands of a line. A shell has a parenthesis only where a command begins; behind other words it belongs to
    /// a language that puts lists and arguments in it.
    /// </summary>
    public static IEnumerable<SimpleCommand> Split(IReadOnlyList<ShellWord> words)
    {
        var start = 0;
        for (var at = 0; at <= words.Count; at++)
        {
            if (at == words.Count || (words[at].IsOperator && (words[at].Text != "(" || at == start)))
            {
                if (at > start)
                {
                    yield return new SimpleCommand(words, start, at);
                }

                start = at + 1;
            }
        }
    }

    private static bool HasOptionBehind(ReadOnlySpan<char> text, string program)
    {
        // Between the two may stand blanks, the end of a line, or the signs between the items of a JSON array; raw
        // JSON writes some of them as a backslash and a letter. A list that ends goes on in the arguments.
        while (text.IndexOf(program, StringComparison.Ordinal) is var at and >= 0)
        {
            text = text[(at + program.Length)..];
            if (text.TrimStart(" \t\r\n\\tn\"',") is ['-' or ']', ..])
            {
                return true;
            }
        }

        return false;
    }

    private (string Program, int Operands) Read(IReadOnlyList<ShellWord> words)
    {
        for (var at = Start; at < End;)
        {
            var word = words[at].Text;
            var name = BaseName(word);
            if (VariableAssignedBy(word) is { } variable)
            {
                assigned.Add(variable);
                at++;
            }
            else if (name == "env")
            {
                at = ReadEnv(words, at + 1);
            }
            else if (Launchers.Contains(name))
            {
                at = SkipOptions(words, at + 1, clears: name == "exec");
            }
            else
            {
                return (name, ReadRemovals(words, at, name) ? End : at);
            }
        }

        return (string.Empty, End);
    }

    /// <summary>The options of <c>env</c> (GNU coreutils, BusyBox): <c>-i</c> and a lone dash clear, <c>-u</c> takes one out.</summary>
    private int ReadEnv(IReadOnlyList<ShellWord> words, int at)
    {
        const string Unset = "--unset=";
        for (; at < End && words[at].Text.StartsWith('-'); at++)
        {
            var word = words[at].Text;
            if (word is "-" or "--ignore-environment" || IsCluster(word, 'i'))
            {
                removals.Add((at, string.Empty));
            }
            else if (word.StartsWith(Unset, StringComparison.Ordinal))
            {
                removals.Add((at, word[Unset.Length..]));
            }
            else if (word is "-u" or "--unset" && at + 1 < End)
            {
                at++;
                removals.Add((at, words[at].Text));
            }
            else if (word.StartsWith("-u", StringComparison.Ordinal))
            {
                removals.Add((at, word[2..]));
            }
            else if (word == "--")
            {
                return at + 1;
            }
            else if (word is "-C" or "--chdir")
            {
                at++;
            }
        }

        return at;
    }

    /// <summary><c>exec -c</c> runs a program with an empty environment (Bash, 4.1 Bourne Shell Builtins).</summary>
    private int SkipOptions(IReadOnlyList<ShellWord> words, int at, bool clears)
    {
        for (; at < End && words[at].Text.StartsWith('-'); at++)
        {
            if (clears && IsCluster(words[at].Text, 'c'))
            {
                removals.Add((at, string.Empty));
            }
        }

        return at;
    }

    /// <summary><c>unset NAME</c>, <c>export -n NAME</c>, PowerShell's <c>Remove-Item Env:NAME</c>.</summary>
    private bool ReadRemovals(IReadOnlyList<ShellWord> words, int at, string name)
    {
        const string Drive = "env:";
        var isUnset = name == "unset" || (name == "export" && at + 1 < End && words[at + 1].Text == "-n");
        var isRemoveItem = name.Equals("remove-item", StringComparison.OrdinalIgnoreCase);
        for (at++; (isUnset || isRemoveItem) && at < End; at++)
        {
            var word = words[at].Text;
            if (isUnset && !word.StartsWith('-'))
            {
                removals.Add((at, word));
            }
            else if (isRemoveItem && word.StartsWith(Drive, StringComparison.OrdinalIgnoreCase))
            {
                removals.Add((at, word[Drive.Length..]));
            }
        }

        return isUnset || isRemoveItem;
    }

    /// <summary>Whether the word is a group of short options with the one that is asked for.</summary>
    private static bool IsCluster(string word, char option) =>
        word is ['-', not ('-' or 'u'), ..]
        && !word.AsSpan(1).ContainsAnyExceptInRange('a', 'z')
        && word.Contains(option, StringComparison.Ordinal);

    private static string? VariableAssignedBy(string word)
    {
        var sign = word.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && (char.IsAsciiLetter(word[0]) || word[0] == '_')
            && word.AsSpan(0, sign).IndexOfAnyExcept(NameCharacters) < 0
                ? word[..sign]
                : null;
    }

    private static string BaseName(string word) => word[(word.LastIndexOf('/') + 1)..];
}
