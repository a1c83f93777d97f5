using System.Text;
using System.Text.Json;
using StsWebhook.Manifests.Reading;
using StsWebhook.Text;

namespace StsWebhook.Manifests.Output;

/// <summary>Formats strings so that every YAML 1.1 or 1.2 reader reads them back as the same strings.</summary>
internal static class YamlText
{
    /// <summary>Formats a value. Lines after the first are indented; there is no trailing line break.</summary>
    public static string Format(string text, int indent) => CanBeBlock(text) ? Block(text, indent) : OnOneLine(text);

    /// <summary>Formats a key, or a value on one line.</summary>
    public static string OnOneLine(string text) => CanBePlain(text) ? text : Quoted(text);

    /// <summary>
    /// Whether a text needs no quotes: it starts with no other token, and no reader resolves it to another type. A leading
    /// digit or sign may be a number, a date or a base-60 number; some words are booleans in YAML 1.1. YamlDotNet reads an
    /// asterisk after a space in a key as an alias.
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

    /// <summary>Whether the text starts like <c>-c</c> or <c>--region</c>, the most common arguments.</summary>
    private static bool IsFlag(string text) =>
        text is ['-', var c, ..] && char.IsAsciiLetter(c) || text is ['-', '-', var d, ..] && char.IsAsciiLetter(d);

    /// <summary>Whether a literal block preserves the text, which must have more than one line.</summary>
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

    /// <summary>Formats the text in double quotes with the escapes of JSON.</summary>
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
    /// Whether a character is not printable in YAML (yaml.org/spec/1.2.2, section 5.1), is a line break for some readers, or
    /// is invisible on a terminal.
    /// </summary>
    private static bool NeedsEscape(char c) => (c != '\t' && LogText.IsHidden(c)) || c is '\ufffe' or '\uffff';
}
