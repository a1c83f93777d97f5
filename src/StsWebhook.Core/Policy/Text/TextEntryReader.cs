namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings out of a text of unknown kind. Evidence decides the kind: what parses as JSON is JSON; what
/// begins and ends as a tag does is XML; else each line that begins <c>key = value</c> or <c>key: value</c> is INI,
/// properties or YAML; every other line is a command line. Texts stand within texts (JSON in a variable, a script in a
/// JSON string), so reading recurses, to a fixed depth.
/// </summary>
internal static class TextEntryReader
{
    private const string EscapedLineFeed = @"\n";

    /// <summary>Reads <paramref name="text"/>, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    public static IEnumerable<ConfigEntry> Read(string text, string key = "") => Read(text, key, new ParseBudget());

    /// <summary>As <see cref="Read(string, string)"/>, for a text that stands within another.</summary>
    internal static IEnumerable<ConfigEntry> Read(string text, string key, ParseBudget nesting)
    {
        if (nesting.IsTooDeep)
        {
            return [new ConfigEntry(key, text, IsWhole: false)];
        }

        var trimmed = text.Trim();
        return nesting.TryParseJson(trimmed) is { } document ? JsonEntryReader.Read(document, key, nesting)
            : XmlEntryReader.IsXml(trimmed) ? XmlEntryReader.Read(trimmed, key, nesting)
            : HasEscapedLines(text) ? LineEntryReader.Read(text.Replace(EscapedLineFeed, "\n", StringComparison.Ordinal), key, nesting)
            : HasSpace(trimmed) ? LineEntryReader.Read(text, key, nesting)
            : WordEntryReader.Read(trimmed, key);
    }

    /// <summary>Whether a word of a command line is a text of its own.</summary>
    internal static bool IsText(string word) =>
        word.StartsWith('{') || word.StartsWith('[') || HasSpace(word) || HasEscapedLines(word);

    private static bool HasSpace(string text) => text.AsSpan().IndexOfAny(" \t\r\n") >= 0;

    /// <summary>
    /// Whether <c>\n</c> is meant to become a line feed, as <c>printf</c> and <c>echo -e</c> do it. A text that has
    /// quotes is not yet what they print, but the command that holds it.
    /// </summary>
    private static bool HasEscapedLines(string text) =>
        text.Contains(EscapedLineFeed, StringComparison.Ordinal) && text.AsSpan().IndexOfAny('"', '\'') < 0;
}
