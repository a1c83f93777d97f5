using System.Globalization;

namespace StsWebhook.Telemetry;

/// <summary>
/// Messages that quote names and values of unknown origin, as the one line that terminals, logs and API servers
/// expect: a line break within a name must not pass for the end of the message, nor a long one fill a log.
/// </summary>
internal static class LogText
{
    private const int MaxLength = 1024;

    /// <summary>The text with a space for every character that does not show, cut where it is longer than any sound message.</summary>
    public static string Sanitize(string text)
    {
        var line = text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 1), "…");
        return line.Any(IsHidden) ? string.Concat(line.Select(c => IsHidden(c) ? ' ' : c)) : line;
    }

    /// <summary>
    /// Whether a character does something to a terminal instead of showing there: controls, line separators, and those
    /// that turn the direction of writing (unicode.org/reports/tr36, 2.8).
    /// </summary>
    public static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
