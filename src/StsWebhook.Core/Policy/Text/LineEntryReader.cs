using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads a text line by line: INI files, Java properties and YAML by their keys, all other lines as command lines. One text
/// may contain both, as a script with a configuration file in a here document.
/// </summary>
internal sealed class LineEntryReader
{
    private readonly IndentScope blocks;
    private readonly ParseBudget budget;
    private readonly string[] lines;
    private readonly bool isOutputRedirected;

    private LineEntryReader(string text, string key, ParseBudget budget)
    {
        blocks = new IndentScope(key);
        this.budget = budget;
        lines = Lines(text);
        isOutputRedirected = Array.Exists(lines, RedirectsSeveralCommands);
    }

    /// <summary>Reads <paramref name="text"/>. Values without a nearer key get <paramref name="key"/>.</summary>
    public static IEnumerable<ConfigEntry> Read(string text, string key, ParseBudget budget) =>
        new LineEntryReader(text, key, budget).Read();

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
                foreach (var entry in Comment(content, blocks.Current))
                {
                    yield return entry;
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

            foreach (var entry in Line(content, indent, isItem ? itemIndent : -1))
            {
                yield return entry;
            }
        }
    }

    private IEnumerable<ConfigEntry> Line(string content, int indent, int itemIndent)
    {
        if (content.Length == 0 || CommentLine.Is(content))
        {
            return Comment(content, blocks.Current);
        }

        if (TextEntryReader.TryReadInLine(content, blocks.Current, budget) is { } inner)
        {
            return inner;
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
            // The more meaningful of a block's kind and its label, as in variable "sts_endpoint" {
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

    /// <summary>The value after a YAML anchor, as in <c>endpoint: &amp;sts sts.us-east-2.amazonaws.com</c>.</summary>
    private static string WithoutAnchor(string value) =>
        value is ['&', not (' ' or '&'), ..] && value.IndexOf(' ', StringComparison.Ordinal) is var end and > 0
            ? value[(end + 1)..] : value;

    /// <summary>
    /// Reads a value. A single word is the whole value of the key, even if a comment or a command follows. Several words are
    /// read as a command line with the key.
    /// </summary>
    private IEnumerable<ConfigEntry> Value(string value, string key)
    {
        if (TextEntryReader.TryReadInLine(value, key, budget) is { } inner)
        {
            return inner;
        }

        var words = ShellWords.Split(value, out var comment);
        if (words is [var type, { Text: "=" }, ..] && KeyContext.IsType(type.Text))
        {
            // A type between name and value: STS_HOST: str = "…"
            words.RemoveRange(0, 2);
        }

        var entries = words is [{ IsOperator: false } single, ..] && (words.Count == 1 || words[1].IsOperator)
            ? TextEntryReader.Read(single.Text, key, budget.Inner()).Concat(Command(words[1..], key))
            : Command(words, key);
        return entries.Concat(Comment(comment, key));
    }

    private IEnumerable<ConfigEntry> Command(List<ShellWord> words, string key) =>
        CommandLineEntryReader.Read(words, key, budget, isOutputRedirected: isOutputRedirected);

    private IEnumerable<ConfigEntry> Comment(string comment, string key) =>
        comment.Length == 0
            ? []
            : Command(ShellWords.Split(comment.TrimStart('#', ';', '/'), out _), key).Select(entry => entry.AsMention());

    /// <summary>
    /// Splits a text into lines. Lines that end in a backslash are joined with the next one: by a blank, unless the character
    /// before the backslash shows that a list or an address continues.
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
                var continues = joined.Length > 0 && joined[^1] is '|' or ',' or ':' or '=';
                joined.Append(continues || joined.Length == 0 ? string.Empty : " ")
                    .Append(continues ? part.AsSpan().TrimStart(" \t") : part);
            }

            text = joined.ToString();
        }

        return text.Split('\n', '\r');
    }

    /// <summary>
    /// Whether a line ends a group of commands and redirects their output, or redirects the output of all commands that follow.
    /// </summary>
    private static bool RedirectsSeveralCommands(string line)
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
