using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// One command of a command line (POSIX XCU 2.9.1, Simple Commands): the words between two operators, of which the
/// first may be assignments and programs that start another one, as <c>exec</c> and <c>env</c>.
/// </summary>
internal sealed class SimpleCommand
{
    /// <summary>What stands before a program that runs in the same environment, or what is left of it: other programs, and words of the shell.</summary>
    private static readonly FrozenSet<string> Launchers = FrozenSet.Create(
        StringComparer.Ordinal,
        "env", "exec", "command", "sudo", "nohup", "setsid", "time", "tini", "dumb-init",
        "!", "{", "if", "then", "elif", "else", "while", "until", "do");

    private readonly EnvironmentRemovals removals = new();
    private bool setsMode;

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
    /// The variables that the program does not get to see. One that empties the environment and sets the mode anew has
    /// thought of it.
    /// </summary>
    public IEnumerable<(int Index, string Variable)> Removals =>
        setsMode ? removals.All.Where(removal => removal.Variable.Length > 0) : removals.All;

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

    /// <summary>The name of a program, as <c>env</c> of <c>/usr/bin/env</c>.</summary>
    public static string BaseName(string word) => word[(word.LastIndexOf('/') + 1)..];

    private (string Program, int Operands) Read(IReadOnlyList<ShellWord> words)
    {
        for (var at = Start; at < End;)
        {
            var name = BaseName(words[at].Text);
            if (Assignment.NameLength(words[at].Text) is var length and > 0)
            {
                setsMode |= KeyClassifier.IsMode(words[at].Text[..length]);
                at++;
            }
            else if (Launchers.Contains(name))
            {
                at = removals.ReadLauncher(words, at, End);
            }
            else
            {
                return (name, removals.ReadBuiltin(words, at, End) ? End : at);
            }
        }

        return (string.Empty, End);
    }
}
