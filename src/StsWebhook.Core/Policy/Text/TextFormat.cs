namespace StsWebhook.Core.Policy.Text;

/// <summary>A format that configuration texts have. Immutable and shared between threads.</summary>
/// <param name="Name">The name of the format.</param>
/// <param name="Escapes">
/// Character sequences with which the format can escape a letter of a keyword. A text that contains one has to
/// be parsed before it can be searched for keywords.
/// </param>
/// <param name="IsWord">Whether one word of a command line is a text in this format, and not an argument.</param>
/// <param name="IsReadInLines">Whether a single line, or a value in a line, can be a text in this format.</param>
/// <param name="TryRead">Reads a text; null if the text does not have this format.</param>
internal sealed record TextFormat(
    string Name, IReadOnlyList<string> Escapes, Func<string, bool> IsWord, bool IsReadInLines, TextFormat.Reader TryRead)
{
    private const string EscapedLineFeed = @"\n";

    private static readonly TextFormat[] Formats =
    [
        new(
            "JSON",
            [@"\u00"],
            IsWord: word => word.StartsWith('{') || word.StartsWith('['),
            IsReadInLines: true,
            (_, trimmed, key, budget) =>
                budget.TryParseJson(trimmed) is { } document ? JsonEntryReader.Read(document, key, budget) : null),
        new(
            "XML",
            ["&#"],
            IsWord: _ => false,
            IsReadInLines: false,
            (_, trimmed, key, budget) => XmlEntryReader.IsXml(trimmed) ? XmlEntryReader.Read(trimmed, key, budget) : null),
        new(
            "escaped lines",
            [],
            IsWord: HasEscapedLines,
            IsReadInLines: false,
            (text, _, key, budget) => HasEscapedLines(text)
                ? LineEntryReader.Read(text.Replace(EscapedLineFeed, "\n", StringComparison.Ordinal), key, budget)
                : null),
        new(
            "lines",
            [],
            IsWord: HasBlank,
            IsReadInLines: false,
            (text, trimmed, key, budget) => HasBlank(trimmed) ? LineEntryReader.Read(text, key, budget) : null),
        new(
            "word",
            [],
            IsWord: _ => false,
            IsReadInLines: false,
            (_, trimmed, key, _) => WordEntryReader.Read(trimmed, key)),
    ];

    /// <summary>
    /// All formats, in the order of recognition: the first that accepts a text reads it. The last accepts every text.
    /// </summary>
    /// <remarks>
    /// Two formats are recognised in fewer places than JSON. XML is neither expected as a word of a command line, where
    /// <c>&lt;NAME></c> is a placeholder or a redirection, nor within a line, where markup has no beginning and end of
    /// its own. Escaped lines within a line are left to the command line, whose program (<c>printf</c>) expands them.
    /// </remarks>
    public static ReadOnlySpan<TextFormat> All => Formats;

    /// <summary>The escapes of all formats.</summary>
    public static IEnumerable<string> AllEscapes => Formats.SelectMany(format => format.Escapes);

    /// <summary>Reads the entries of a text; null if the text does not have the format.</summary>
    /// <param name="text">The text.</param>
    /// <param name="trimmed">The text without surrounding white space.</param>
    /// <param name="key">The key of values that have no nearer key.</param>
    /// <param name="budget">The budget of the text.</param>
    public delegate IEnumerable<ConfigEntry>? Reader(string text, string trimmed, string key, ParseBudget budget);

    private static bool HasBlank(string text) => text.AsSpan().IndexOfAny(" \t\r\n") >= 0;

    /// <summary>
    /// Whether <c>\n</c> stands for a line feed, as in arguments of <c>printf</c> and <c>echo -e</c>. A text with
    /// quotes is not yet the argument, but the command line that contains it.
    /// </summary>
    private static bool HasEscapedLines(string text) =>
        text.Contains(EscapedLineFeed, StringComparison.Ordinal) && text.AsSpan().IndexOfAny('"', '\'') < 0;
}
