namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The variables that a command removes from the environment, each with the index of the word that removes it. An empty
/// name means all variables.
/// </summary>
internal sealed class EnvironmentRemovals
{
    private const string EnvProgram = "env";
    private const string ExecBuiltin = "exec";

    private readonly List<(int Index, string Variable)> list = [];

    /// <summary>The removals, in the order of the words.</summary>
    public IReadOnlyList<(int Index, string Variable)> All => list;

    /// <summary>
    /// Whether a text, or the raw JSON of a command, might run <c>env</c> with an option or <c>exec -c</c>. Such a command
    /// clears variables without naming them, so a search for keywords cannot find it.
    /// </summary>
    public static bool MightClear(ReadOnlySpan<char> text) =>
        HasOptionAfter(text, EnvProgram) || HasOptionAfter(text, ExecBuiltin);

    /// <summary>
    /// Reads the options of a program that runs another one. For <c>env</c> (GNU coreutils, BusyBox), <c>-i</c> and a
    /// lone dash clear the environment and <c>-u</c> removes one variable; <c>exec -c</c> clears the environment (Bash,
    /// 4.1 Bourne Shell Builtins).
    /// </summary>
    /// <returns>The index after the options.</returns>
    public int ReadLauncher(IReadOnlyList<ShellWord> words, int at, int end)
    {
        var program = SimpleCommand.BaseName(words[at].Text);
        for (at++; at < end && words[at].Text.StartsWith('-'); at++)
        {
            if (program == EnvProgram)
            {
                at = ReadEnvOption(words, at, end);
            }
            else if (program == ExecBuiltin && IsCluster(words[at].Text, 'c'))
            {
                list.Add((at, string.Empty));
            }
        }

        return Math.Min(at, end);
    }

    /// <summary>Reads <c>unset NAME</c>, <c>export -n NAME</c>, and PowerShell's <c>Remove-Item Env:NAME</c>.</summary>
    /// <returns>Whether the command is one of these.</returns>
    public bool ReadBuiltin(IReadOnlyList<ShellWord> words, int at, int end)
    {
        const string Drive = "env:";
        var name = words[at].Text;
        var isUnset = name == "unset" || (name == "export" && at + 1 < end && words[at + 1].Text == "-n");
        var isRemoveItem = name.Equals("remove-item", StringComparison.OrdinalIgnoreCase);
        for (at++; (isUnset || isRemoveItem) && at < end; at++)
        {
            var word = words[at].Text;
            if (isUnset)
            {
                list.Add((at, word));
            }
            else if (isRemoveItem && word.StartsWith(Drive, StringComparison.OrdinalIgnoreCase))
            {
                list.Add((at, word[Drive.Length..]));
            }
        }

        return isUnset || isRemoveItem;
    }

    /// <returns>The index of the option's last word.</returns>
    private int ReadEnvOption(IReadOnlyList<ShellWord> words, int at, int end)
    {
        const string Unset = "--unset=";
        var word = words[at].Text;
        if (word is "-" or "--ignore-environment" || IsCluster(word, 'i'))
        {
            list.Add((at, string.Empty));
        }
        else if (word.StartsWith(Unset, StringComparison.Ordinal))
        {
            list.Add((at, word[Unset.Length..]));
        }
        else if (word is "-u" or "--unset" or "-C" or "--chdir")
        {
            at++;
            if (word is "-u" or "--unset" && at < end)
            {
                list.Add((at, words[at].Text));
            }
        }
        else if (word.StartsWith("-u", StringComparison.Ordinal))
        {
            list.Add((at, word[2..]));
        }

        return at;
    }

    private static bool HasOptionAfter(ReadOnlySpan<char> text, string program)
    {
        // Blanks, the end of a line, or the separators of a JSON array may be between the two; raw JSON writes some of
        // them as a backslash and a letter. After the end of a command list, the arguments continue the command.
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

    /// <summary>Whether the word is a group of short options that contains <paramref name="option"/>.</summary>
    private static bool IsCluster(string word, char option) =>
        word is ['-', not ('-' or 'u'), ..]
        && !word.AsSpan(1).ContainsAnyExceptInRange('a', 'z')
        && word.Contains(option, StringComparison.Ordinal);
}
