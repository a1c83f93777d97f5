namespace StsWebhook.Output;

/// <summary>Escape sequences for a <see cref="Terminal"/> that supports them (ECMA-48).</summary>
internal static class Ansi
{
    /// <summary>Starts bold text.</summary>
    public const string Bold = "\e[1m";

    /// <summary>Starts bold red text.</summary>
    public const string BoldRed = "\e[1;31m";

    /// <summary>Starts bold yellow text.</summary>
    public const string BoldYellow = "\e[1;33m";

    /// <summary>Starts bold cyan text.</summary>
    public const string BoldCyan = "\e[1;36m";

    /// <summary>Ends bold and colour.</summary>
    public const string Reset = "\e[0m";

    /// <summary>Moves the cursor to the start of the line and erases the line.</summary>
    public const string EraseLine = "\r\e[K";
}
