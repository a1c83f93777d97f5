namespace StsWebhook.Output;

/// <summary>Wraps a line between words.</summary>
internal static class LineWrap
{
    private const string Indent = "    ";
    private const int Narrowest = 40;

    /// <summary>Breaks a text into lines of at most <paramref name="width"/> characters, where its words allow it.</summary>
    /// <param name="head">What begins the first line and is not broken.</param>
    /// <param name="text">The words that follow it.</param>
    /// <param name="width">The width; null for any.</param>
    public static IEnumerable<string> Wrap(string head, string text, int? width)
    {
        if (width is not >= Narrowest)
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
