using System.Globalization;

namespace StsWebhook.Text;

/// <summary>
/// Makes one printable line of a message that quotes names and values from outside. A line break inside a name cannot
/// look like the end of a log line, and a long name cannot fill a log.
/// </summary>
internal static class LogText
{
    /// <summary>The maximum length in characters. The messages of this program are far shorter.</summary>
    private const int MaxLength = 1024;

    /// <summary>The longest name of an object, in characters.</summary>
    private const int MaxName = 253;

    /// <summary>
    /// Replaces each hidden character with a space and truncates the text to 1,024 characters, the last of them an ellipsis.
    /// </summary>
    public static string Sanitize(string text)
    {
        var line = Truncate(text, MaxLength);
        return line.Any(IsHidden) ? string.Concat(line.Select(c => IsHidden(c) ? ' ' : c)) : line;
    }

    /// <summary>
    /// Truncates the name of an object or a field path for a log line, which waits in memory until it is written.
    /// </summary>
    /// <param name="text">The text. A review comes before validation, so names can have a megabyte.</param>
    /// <param name="maxLength">The maximum length in characters, the ellipsis included.</param>
    public static string Truncate(string text, int maxLength) =>
        text.Length <= maxLength ? text : string.Concat(text.AsSpan(0, maxLength - 1), "…");

    /// <summary>
    /// Truncates a name to the 253 characters that Kubernetes allows (k8s.io/apimachinery, DNS1123SubdomainMaxLength).
    /// </summary>
    public static string Name(string name) => Truncate(name, MaxName);

    /// <summary>
    /// Whether a terminal acts on a character instead of printing it: controls, line separators, and marks that change
    /// the text direction (unicode.org/reports/tr36, 2.8).
    /// </summary>
    public static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
