using StsWebhook.Output;

namespace StsWebhook.Findings;

/// <summary>The colour of each finding level on a terminal.</summary>
internal static class FindingColours
{
    /// <summary>
    /// Returns the escape sequence that starts the colour of a level. <see cref="Ansi.Reset"/> ends the colour.
    /// </summary>
    public static string Colour(this FindingLevel level) => level switch
    {
        FindingLevel.Error => Ansi.BoldRed,
        FindingLevel.Warning => Ansi.BoldYellow,
        _ => Ansi.BoldCyan,
    };
}
