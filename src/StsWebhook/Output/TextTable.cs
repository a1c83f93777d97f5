using StsWebhook.Text;

namespace StsWebhook.Output;

/// <summary>Writes rows in aligned columns below headings, as kubectl does. Holds no rows, only columns.</summary>
/// <typeparam name="T">The type of the rows.</typeparam>
/// <param name="columns">The columns from left to right.</param>
internal sealed class TextTable<T>(params IReadOnlyList<TableColumn<T>> columns)
{
    /// <summary>The blanks between two columns.</summary>
    public string Gap { get; init; } = "   ";

    /// <summary>
    /// The number of columns that stay on the first line if the table is wider than the terminal; the other columns follow
    /// on a second line. Null if rows are never split.
    /// </summary>
    public int? FirstLineColumns { get; init; }

    /// <summary>Writes the headings and the rows.</summary>
    public void Write(IReadOnlyCollection<T> rows, Terminal terminal, TextWriter output)
    {
        // Each cell is formatted twice instead of kept: there can be many rows.
        int[] widths = [.. columns.Select(column => rows.Max(row => (int?)Cell(column, row).Length) is { } widest
            ? Math.Max(widest, column.Title.Length)
            : column.Title.Length)];
        var isSplit = FirstLineColumns is not null && widths.Sum() + (Gap.Length * (widths.Length - 1)) > terminal.Width;
        foreach (var line in Lines(column => column.Title, widths, isSplit))
        {
            output.WriteLine(terminal.HasColours ? $"{Ansi.Bold}{line}{Ansi.Reset}" : line);
        }

        foreach (var line in rows.SelectMany(row => Lines(column => Cell(column, row), widths, isSplit)))
        {
            output.WriteLine(line);
        }
    }

    private string[] Lines(Func<TableColumn<T>, string> text, int[] widths, bool isSplit)
    {
        string[] cells = [.. columns.Select(text)];
        var first = isSplit ? FirstLineColumns!.Value : cells.Length;
        var line = string.Join(Gap, cells.Take(first).Select((cell, index) =>
            columns[index].IsRightAligned ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]))).TrimEnd();
        return isSplit ? [line, new string(' ', widths[0]) + Gap + string.Join(Gap, cells.Skip(first))] : [line];
    }

    private static string Cell(TableColumn<T> column, T row) => LogText.Sanitize(column.Format(row));
}
