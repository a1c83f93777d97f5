using StsWebhook.Findings;

namespace StsWebhook.Output;

/// <summary>Colours, for a <see cref="Terminal"/> that has them (ECMA-48).</summary>
internal static class Ansi
{
    /// <summary>Sets something off from its surroundings.</summary>
    public const string Bold = "\e[1m";

    /// <summary>Ends a colour.</summary>
    public const string Reset = "\e[0m";

    /// <summary>Goes to the beginning of the line, and empties it.</summary>
    public const string EraseLine = "\r\e[K";

    /// <summary>The colour of findings of a level.</summary>
    public static string ColourOf(FindingLevel level) => level switch
    {
        FindingLevel.Error => "\e[1;31m",
        FindingLevel.Warning => "\e[1;33m",
        _ => "\e[1;36m",
    };
}
