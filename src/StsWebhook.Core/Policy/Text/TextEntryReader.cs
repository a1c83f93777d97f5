namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the entries of a text of unknown format. The first of <see cref="TextFormat.All"/> that accepts the text reads
/// it: JSON if the text parses as JSON, XML if it begins and ends with a tag, else lines or a single word. Texts contain
/// texts (JSON in a variable, a script in a JSON string), so reading recurses, down to the depth that
/// <see cref="ParseBudget"/> allows.
/// </summary>
internal static class TextEntryReader
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key of values that have no nearer key.</param>
    public static IEnumerable<ConfigEntry> Read(string text, string key = "") => Read(text, key, new ParseBudget());

    /// <summary>Reads a text within another text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The key of values that have no nearer key.</param>
    /// <param name="budget">The budget of the text.</param>
    public static IEnumerable<ConfigEntry> Read(string text, string key, ParseBudget budget)
    {
        if (!budget.IsTooDeep)
        {
            var trimmed = text.Trim();
            foreach (var format in TextFormat.All)
            {
                if (format.TryRead(text, trimmed, key, budget) is { } entries)
                {
                    return entries;
                }
            }
        }

        return [new ConfigEntry(key, text, IsWhole: false)];
    }

    /// <summary>Reads a line, or a value in a line, that is a text of its own; null if it is not.</summary>
    /// <param name="text">The line or value, without surrounding white space.</param>
    /// <param name="key">The key of values that have no nearer key.</param>
    /// <param name="budget">The budget of the text that contains the line.</param>
    public static IEnumerable<ConfigEntry>? TryReadInLine(string text, string key, ParseBudget budget)
    {
        foreach (var format in TextFormat.All)
        {
            if (format.IsReadInLines && format.TryRead(text, text, key, budget) is { } entries)
            {
                return entries;
            }
        }

        return null;
    }

    /// <summary>Whether a word of a command line is a text of its own.</summary>
    public static bool IsText(string word)
    {
        foreach (var format in TextFormat.All)
        {
            if (format.IsWord(word))
            {
                return true;
            }
        }

        return false;
    }
}
