namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads a text line by line: INI files, Java properties and YAML by their keys, everything else as command lines.
/// Both may stand in one text, as a script with a configuration file in a here document does.
/// </summary>
internal static class LineSettings
{
    /// <summary>Reads <paramref name="text"/>, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    public static IEnumerable<Setting> Read(string text, string key, Nesting nesting)
    {
        var blocks = new KeyBlocks(key);
        foreach (var line in Lines(text))
        {
            var content = line.TrimStart();
            if (content.Length == 0)
            {
                continue;
            }

            var indent = line.Length - content.Length;
            var isItem = content.StartsWith("- ", StringComparison.Ordinal);
            blocks.CloseAt(indent, isItem);
            if (isItem)
            {
                var item = content[2..].TrimStart();
                indent += content.Length - item.Length;
                content = item;
            }

            foreach (var setting in Line(content, indent, blocks, nesting))
            {
                yield return setting;
            }
        }
    }

    private static IEnumerable<Setting> Line(string content, int indent, KeyBlocks blocks, Nesting nesting)
    {
        if (content.Length == 0 || content[0] == ';')
        {
            return Comment(content, blocks.Current, nesting);
        }

        if (!KeyValueLine.TryRead(content, out var name, out var value))
        {
            var words = ShellWords.Split(content, out var comment);
            return CommandLineSettings.Read(words, blocks.Current, nesting).Concat(Comment(comment, blocks.Current, nesting));
        }

        var key = Keys.Nearest(name, blocks.Current);
        if (value.Length == 0 || value[0] is '#' or '|' or '>')
        {
            blocks.Open(key, indent);
        }

        return Value(value, key, nesting);
    }

    /// <summary>
    /// A single word is the key's whole value, whatever comment or command follows; of several, each word belongs to
    /// the key.
    /// </summary>
    private static IEnumerable<Setting> Value(string value, string key, Nesting nesting)
    {
        var words = ShellWords.Split(value, out var comment);
        var settings = words is [{ } single, ..] && (words.Count == 1 || words[1] is null)
            ? TextSettings.Read(single, key, nesting.Inner()).Concat(CommandLineSettings.Read(words.Skip(1), key, nesting))
            : CommandLineSettings.Read(words, key, nesting);
        return settings.Concat(Comment(comment, key, nesting));
    }

    /// <summary>
    /// A comment sets nothing and dials nothing, but may still name the host: only that it is a mere name there can
    /// be learnt from a key.
    /// </summary>
    private static IEnumerable<Setting> Comment(string comment, string key, Nesting nesting) =>
        comment.Length == 0
            ? []
            : CommandLineSettings
                .Read(ShellWords.Split(comment.TrimStart('#', ';'), out _), key, nesting)
                .Select(setting => setting with
                {
                    Key = Keys.MeaningOf(setting.Key) == KeyMeaning.Audience ? setting.Key : string.Empty,
                    IsWhole = false,
                });

    /// <summary>The lines, those that a backslash continues joined into one.</summary>
    private static string[] Lines(string text) => text
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n', '\r');
}
