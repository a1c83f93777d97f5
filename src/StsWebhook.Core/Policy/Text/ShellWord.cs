namespace StsWebhook.Core.Policy.Text;

/// <summary>A word of a command line, or the operator between two commands.</summary>
internal readonly record struct ShellWord(string Text, bool IsOperator = false)
{
    private const string OperatorCharacters = ";|&()`<>";

    private static readonly ShellWord[] Operators = [.. OperatorCharacters.Select(c =>
        new ShellWord(c.ToString(), IsOperator: true))];

    /// <summary>Whether a character can be an operator.</summary>
    public static bool IsOperatorCharacter(char c) => OperatorCharacters.Contains(c, StringComparison.Ordinal);

    /// <summary>The operator of a character. The instances are shared, since a text may contain very many operators.</summary>
    public static ShellWord Operator(char c) => Operators[OperatorCharacters.IndexOf(c, StringComparison.Ordinal)];
}
