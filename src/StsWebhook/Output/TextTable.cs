namespace StsWebhook.Output;

/// <summary>Rows of cells under headings, as kubectl prints them.</summary>
internal static class TextTable
{
    private const string Gap = "   ";

    /// <summary>The lines of a table.</summary>
    /// <param name="rows">The headings, then the rows.</param>
    /// <param name="texts">How many of the columns, from the first on, hold texts; the others hold numbers, which end below one another.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, int texts)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join(Gap, row.Select((cell, column) =>
            column < texts ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
