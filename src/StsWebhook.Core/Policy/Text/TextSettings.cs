using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings out of a text of unknown kind. Evidence decides the kind: what parses as JSON is JSON; else
/// each line that begins <c>key = value</c> or <c>key: value</c> is INI, properties or YAML; every other line is a
/// command line. Texts stand within texts (JSON in a variable, a script in a JSON string), so reading recurses, to a
/// fixed depth: the time stays linear in the length.
/// </summary>
internal static class TextSettings
{
    private const int MaxDepth = 6;

    private const string EscapedLineFeed = @"\n";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonInput.MaxDepth };

    /// <summary>Reads <paramref name="text"/>, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    public static IEnumerable<Setting> Read(string text, string key = "") => Read(text, key, depth: 0);

    /// <summary>As <see cref="Read(string, string)"/>, from within a text at <paramref name="depth"/>.</summary>
    internal static IEnumerable<Setting> Read(string text, string key, int depth)
    {
        if (depth > MaxDepth)
        {
            return [new Setting(key, text, IsWhole: false)];
        }

        var trimmed = text.Trim();
        return TryParseJson(trimmed) is { } document ? JsonSettings.Read(document, key, depth)
            : HasEscapedLines(text) ? LineSettings.Read(text.Replace(EscapedLineFeed, "\n", StringComparison.Ordinal), key, depth)
            : HasSpace(trimmed) ? LineSettings.Read(text, key, depth)
            : WordSettings.Read(trimmed, key);
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

    private static JsonDocument? TryParseJson(string text) =>
        (text.StartsWith('{') || text.StartsWith('[')) && JsonSyntax.IsValid(text) ? JsonDocument.Parse(text, Options) : null;
}
