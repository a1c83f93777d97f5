namespace StsWebhook.Core.Policy.Text;

/// <summary>A word of a command line, or the operator that ends one command and begins the next.</summary>
internal readonly record struct ShellWord(string Text, bool IsOperator = false);
