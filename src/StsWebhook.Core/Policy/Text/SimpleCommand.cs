using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// One command of a command line (POSIX XCU 2.9.1, Simple Commands): the words between two operators. The first words may
/// be assignments, and programs that start another program, such as <c>exec</c> and <c>env</c>.
/// </summary>
internal sealed class SimpleCommand
{
    /// <summary>
    /// Words before a program that runs in the same environment or in a part of it: launching programs and reserved words of the
    /// shell.
    /// </summary>
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

    /// <summary>The index of the first word.</summary>
    public int Start { get; }

    /// <summary>The index after the last word.</summary>
    public int End { get; }

    /// <summary>The name of the program that the command finally runs, without its folder; empty if there is none.</summary>
    public string Program { get; }

    /// <summary>The index of the first word of the program itself, after assignments and launchers.</summary>
    public int Operands { get; }

    /// <summary>
    /// The variables that are removed from the environment of the program. If a command clears the environment but sets
    /// the STS endpoint mode again, only variables that it removes by name are returned.
    /// </summary>
    public IEnumerable<(int Index, string Variable)> Removals =>
        setsMode ? removals.All.Where(removal => removal.Variable.Length > 0) : removals.All;

    /// <summary>
    /// Splits a line into commands. In a shell, a parenthesis opens only where a command begins. After other words it
    /// belongs to another language, which uses parentheses for lists and arguments.
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

    /// <summary>The name of a program without its folder: <c>env</c> for <c>/usr/bin/env</c>.</summary>
    public static string BaseName(string word) => word[(word.LastIndexOf('/') + 1)..];

    private (string Program, int Operands) Read(IReadOnlyList<ShellWord> words)
    {
        for (var at = Start; at < End;)
        {
            var name = BaseName(words[at].Text);
            if (Assignment.NameLength(words[at].Text) is var length and > 0)
            {
                setsMode |= KeyClassifier.IsEndpointMode(words[at].Text[..length]);
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
