namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads a text line by line: INI files, Java properties and YAML by their keys, everything else as command lines.
/// Both may stand in one text, as a script with a configuration file in a here document does.
/// </summary>
internal static class LineSettings
{
    /// <summary>Reads <paramref name="text"/>, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    public static IEnumerable<Setting> Read(string text, string key, int depth)
    {
        // A key with nothing behind it opens a block, which lasts as long as lines are indented deeper or are items.
        var block = (Key: key, Indent: -1);
        foreach (var line in Lines(text))
        {
            var content = line.TrimStart();
            if (content.Length == 0)
            {
                continue;
            }

            var indent = line.Length - content.Length;
            var isItem = content.StartsWith("- ", StringComparison.Ordinal);
            if (indent < block.Indent || (indent == block.Indent && !isItem))
            {
                block = (key, -1);
            }

            if (KeyValueLine.TryRead(isItem ? content[2..].TrimStart() : content, out var name, out var value))
            {
                var nearest = Keys.Nearest(name, block.Key);
                if (value.Length == 0)
                {
                    block = (nearest, indent);
                }

                foreach (var setting in Value(value, nearest, depth))
                {
                    yield return setting;
                }
            }
            else
            {
                foreach (var setting in CommandLineSettings.Read(ShellWords.Split(content), block.Key, depth))
                {
                    yield return setting;
                }
            }
        }
    }

    /// <summary>A single word is the key's whole value; of several, each word belongs to the key.</summary>
    private static IEnumerable<Setting> Value(string value, string key, int depth)
    {
        var words = ShellWords.Split(value);
        return words is [{ } single]
            ? TextSettings.Read(single, key, depth + 1)
            : CommandLineSettings.Read(words, key, depth);
    }

    /// <summary>The lines, those that a backslash continues joined into one.</summary>
    private static string[] Lines(string text) => text
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n', '\r');
}
