namespace StsWebhook.Output;

/// <summary>Wraps a long line between words.</summary>
internal static class LineWrap
{
    private const string Indent = "    ";

    /// <summary>Below this width, wrapping would leave only a few words per line.</summary>
    private const int MinimumWidth = 40;

    /// <summary>
    /// Splits a text into lines of at most <paramref name="width"/> characters. A longer word gets a line of its own.
    /// </summary>
    /// <param name="head">The start of the first line; never split.</param>
    /// <param name="text">The words after it.</param>
    /// <param name="width">The width in characters; null or less than 40 to return one line.</param>
    public static IEnumerable<string> Wrap(string head, string text, int? width)
    {
        if (width is not >= MinimumWidth)
        {
            yield return $"{head} {text}";
            yield break;
        }

        var line = head;
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = Indent + word;
            }
            else
            {
                line = $"{line} {word}";
            }
        }

        yield return line;
    }
}
