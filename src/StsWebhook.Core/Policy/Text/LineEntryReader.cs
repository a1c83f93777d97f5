using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads a text line by line: INI files, Java properties and YAML by their keys, everything else as command lines.
/// Both may stand in one text, as a script with a configuration file in a here document does.
/// </summary>
internal sealed class LineEntryReader
{
    private readonly IndentScope blocks;
    private readonly ParseBudget nesting;
    private readonly string[] lines;
    private readonly bool keepsOutput;

    private LineEntryReader(string text, string key, ParseBudget nesting)
    {
        blocks = new IndentScope(key);
        this.nesting = nesting;
        lines = Lines(text);
        keepsOutput = Array.Exists(lines, IsRedirectionOfMany);
    }

    /// <summary>Reads <paramref name="text"/>, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    public static IEnumerable<ConfigEntry> Read(string text, string key, ParseBudget nesting) =>
        new LineEntryReader(text, key, nesting).Read();

    private IEnumerable<ConfigEntry> Read()
    {
        var isWithinComment = false;
        foreach (var line in lines)
        {
            var content = line.TrimStart();
            if (content.Length == 0)
            {
                continue;
            }

            var isComment = isWithinComment;
            isWithinComment = CommentLine.IsOpenAfter(content, isWithinComment);
            if (isComment)
            {
                foreach (var setting in Comment(content, blocks.Current))
                {
                    yield return setting;
                }

                continue;
            }

            var indent = line.Length - content.Length;
            var isItem = content is ['-' or '+', ' ', ..];
            blocks.CloseAt(indent, isItem);
            var itemIndent = indent;
            if (isItem)
            {
                var item = content[2..].TrimStart();
                indent += content.Length - item.Length;
                content = item;
            }

            foreach (var setting in Line(content, indent, isItem ? itemIndent : -1))
            {
                yield return setting;
            }
        }
    }

    private IEnumerable<ConfigEntry> Line(string content, int indent, int itemIndent)
    {
        if (content.Length == 0 || CommentLine.Is(content))
        {
            return Comment(content, blocks.Current);
        }

        if (nesting.TryParseJson(content) is { } document)
        {
            return JsonEntryReader.Read(document, blocks.Current, nesting);
        }

        if (KeyValueLine.TryRead(content, out var name, out var value))
        {
            return KeyAndValue(name, value, indent);
        }

        var flag = itemIndent < 0 ? null : blocks.FlagBefore(itemIndent, content);
        if (flag is not null && !content.StartsWith('-'))
        {
            return Value(content, flag);
        }

        var words = ShellWords.Split(content, out var comment);
        var key = blocks.Current;
        if (words is [{ Text: not ServerDirective.Server and var block }, .., { Text: "{" }] && !block.Contains('('))
        {
            // Of a kind and a label, as in variable "sts_endpoint" {, the one that tells.
            var label = words[^2].Text;
            blocks.Open(KeyClassifier.Nearest(KeyClassifier.HasKnownMeaning(label) ? label : block, key), indent);
        }

        return Command(words, ServerDirective.IsServer(words) ? ServerDirective.Server : key).Concat(Comment(comment, key));
    }

    private IEnumerable<ConfigEntry> KeyAndValue(string name, string value, int indent)
    {
        var key = KeyClassifier.Nearest(blocks.NameFor(name, value, indent), blocks.Current);
        if (value.Length == 0 || value[0] is '#' or '|' or '>' || value[^1] is '{' or '[' or '(')
        {
            blocks.Open(key, indent);
        }

        return Value(WithoutAnchor(value), key);
    }

    /// <summary>The value behind a YAML anchor, as in <c>endpoint: &amp;sts sts.us-east-2.amazonaws.com</c>.</summary>
    private static string WithoutAnchor(string value) =>
        value is ['&', not (' ' or '&'), ..] && value.IndexOf(' ', StringComparison.Ordinal) is var end and > 0 ? value[(end + 1)..] : value;

    /// <summary>
    /// A single word is the key's whole value, whatever comment or command follows; of several, each word belongs to
    /// the key.
    /// </summary>
    private IEnumerable<ConfigEntry> Value(string value, string key)
    {
        if (nesting.TryParseJson(value) is { } document)
        {
            return JsonEntryReader.Read(document, key, nesting);
        }

        var words = ShellWords.Split(value, out var comment);
        if (words is [var type, { Text: "=" }, ..] && KeyContext.IsType(type.Text))
        {
            // A type between the name and its value: STS_HOST: str = "…"
            words.RemoveRange(0, 2);
        }

        var settings = words is [{ IsOperator: false } single, ..] && (words.Count == 1 || words[1].IsOperator)
            ? TextEntryReader.Read(single.Text, key, nesting.Inner()).Concat(Command(words[1..], key))
            : Command(words, key);
        return settings.Concat(Comment(comment, key));
    }

    private IEnumerable<ConfigEntry> Command(List<ShellWord> words, string key) =>
        CommandLineEntryReader.Read(words, key, nesting, keepsOutput: keepsOutput);

    private IEnumerable<ConfigEntry> Comment(string comment, string key) =>
        comment.Length == 0
            ? []
            : Command(ShellWords.Split(comment.TrimStart('#', ';', '/'), out _), key).Select(setting => setting.AsMention());

    /// <summary>
    /// The lines, those that a backslash continues joined into one: with a blank between them, unless the sign before
    /// the backslash says that one list or address goes on.
    /// </summary>
    private static string[] Lines(string text)
    {
        const string Continued = "\\\n";
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (text.Contains(Continued, StringComparison.Ordinal))
        {
            var joined = new StringBuilder(text.Length);
            foreach (var part in text.Split(Continued))
            {
                var goesOn = joined.Length > 0 && joined[^1] is '|' or ',' or ':' or '=';
                joined.Append(goesOn || joined.Length == 0 ? string.Empty : " ").Append(goesOn ? part.AsSpan().TrimStart(" \t") : part);
            }

            text = joined.ToString();
        }

        return text.Split('\n', '\r');
    }

    /// <summary>Whether a line ends a group of commands and sends what they print somewhere, or does so for all that follow.</summary>
    private static bool IsRedirectionOfMany(string line)
    {
        var start = line.AsSpan().TrimStart();
        return start.IndexOfAny('>', '|') >= 0
            && (start is ['}' or ')', ..]
                || start.StartsWith("done ")
                || start.StartsWith("fi ")
                || start.StartsWith("esac ")
                || start.StartsWith("exec >"));
    }
}
