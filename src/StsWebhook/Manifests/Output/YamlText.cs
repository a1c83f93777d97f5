using System.Text;
using System.Text.Json;
using StsWebhook.Manifests.Reading;
using StsWebhook.Text;

namespace StsWebhook.Manifests.Output;

/// <summary>Spells texts so that any reader of YAML, 1.1 or 1.2, gets them back as texts.</summary>
internal static class YamlText
{
    /// <summary>The text as a value, whose further lines are indented; no line break ends it.</summary>
    public static string Format(string text, int indent) => CanBeBlock(text) ? Block(text, indent) : OnOneLine(text);

    /// <summary>The text as a key, or a value on the same line.</summary>
    public static string OnOneLine(string text) => CanBePlain(text) ? text : Quoted(text);

    /// <summary>
    /// Plain are only texts that begin with what begins no other token, and that no reader takes for another type: a
    /// digit or a sign in front may be a number, a date or sixty-based to some, and words to YAML 1.1 are booleans.
    /// YamlDotNet takes an asterisk behind a space in a key for an alias.
    /// </summary>
    private static bool CanBePlain(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] is '/' or '_' or '$' or '(' || IsFlag(text)))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or > '~'
                || (c == ':' && (i + 1 == text.Length || text[i + 1] == ' '))
                || (c is '#' or '*' or '&' && text[i - 1] == ' '))
            {
                return false;
            }
        }

        return text[^1] != ' ' && YamlScalar.ResolvePlain(line: 0, text).Kind == JsonValueKind.String;
    }

    /// <summary>As <c>-c</c> or <c>--region</c>, the commonest items of lists of arguments.</summary>
    private static bool IsFlag(string text) => text is ['-', var c, ..] && char.IsAsciiLetter(c) || text is ['-', '-', var d, ..] && char.IsAsciiLetter(d);

    /// <summary>Whether the text has lines that a literal block keeps as they are.</summary>
    private static bool CanBeBlock(string text) =>
        text.AsSpan().TrimEnd('\n').Contains('\n')
        && text[0] is not (' ' or '\n')
        && text.All(c => c == '\n' || !NeedsEscape(c))
        && !text.StartsWith('\t')
        && !text.Contains("\n\t", StringComparison.Ordinal);

    private static string Block(string text, int indent)
    {
        var body = text.TrimEnd('\n');
        var breaks = text.Length - body.Length;
        var block = new StringBuilder(breaks switch { 0 => "|-", 1 => "|", _ => "|+" });
        foreach (var line in body.Split('\n'))
        {
            block.Append('\n');
            if (line.Length > 0)
            {
                block.Append(' ', indent).Append(line);
            }
        }

        return block.Append('\n', Math.Max(0, breaks - 1)).ToString();
    }

    /// <summary>In double quotes; what is escaped is escaped in the same way as in JSON.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when NeedsEscape(c) => quoted.Append($"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>
    /// What is not printable to YAML (yaml.org/spec/1.2.2, 5.1), what some readers take for a line break, and what would
    /// not show on a terminal.
    /// </summary>
    private static bool NeedsEscape(char c) => (c != '\t' && LogText.IsHidden(c)) || c is '\ufffe' or '\uffff';
}
