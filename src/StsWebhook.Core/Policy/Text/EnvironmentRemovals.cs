namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The variables that a command takes out of the environment, each with the place of the word that says so; an empty
/// name stands for all of them.
/// </summary>
internal sealed class EnvironmentRemovals
{
    private const string EnvProgram = "env";
    private const string ExecBuiltin = "exec";

    private readonly List<(int Index, string Variable)> list = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<(int Index, string Variable)> All => list;

    /// <summary>
    /// Whether a text, or the raw JSON of a command, may run <c>env</c> with an option or <c>exec -c</c>: what such a
    /// command takes away it need not name.
    /// </summary>
    public static bool MayClear(ReadOnlySpan<char> text) =>
        HasOptionBehind(text, EnvProgram) || HasOptionBehind(text, ExecBuiltin);

    /// <summary>
    /// Reads the options of a program that runs another one: of <c>env</c> (GNU coreutils, BusyBox) <c>-i</c> and a lone
    /// dash clear and <c>-u</c> takes one out; <c>exec -c</c> clears (Bash, 4.1 Bourne Shell Builtins).
    /// </summary>
    /// <returns>The place behind the options.</returns>
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
    /// <returns>Whether the command is such.</returns>
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

    /// <returns>The place of the option's last word.</returns>
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

    /// <summary>Whether the word is a group of short options with the one that is asked for.</summary>
    private static bool IsCluster(string word, char option) =>
        word is ['-', not ('-' or 'u'), ..]
        && !word.AsSpan(1).ContainsAnyExceptInRange('a', 'z')
        && word.Contains(option, StringComparison.Ordinal);
}
