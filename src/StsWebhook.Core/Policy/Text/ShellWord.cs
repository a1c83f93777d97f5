namespace StsWebhook.Core.Policy.Text;

/// <summary>A word of a command line, or the operator that ends one command and begins the next.</summary>
internal readonly record struct ShellWord(string Text, bool IsOperator = false)
{
    private const string Signs = ";|&()`<>";

    private static readonly ShellWord[] Operators = [.. Signs.Select(sign => new ShellWord(sign.ToString(), IsOperator: true))];

    /// <summary>Whether a character can be an operator.</summary>
    public static bool IsSign(char c) => Signs.Contains(c, StringComparison.Ordinal);

    /// <summary>The operator that a sign is: the same one each time, since a text may be full of them.</summary>
    public static ShellWord Operator(char sign) => Operators[Signs.IndexOf(sign, StringComparison.Ordinal)];
}
