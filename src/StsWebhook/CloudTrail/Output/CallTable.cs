using System.Globalization;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.CloudTrail.Output;

/// <summary>A row for each caller, and a summary. On a terminal that is too narrow a row takes two lines.</summary>
internal static class CallTable
{
    private const string Gap = "  ";

    /// <summary>How many columns, all of them short, are on the first of two lines.</summary>
    private const int First = 5;

    private static readonly (string Title, Func<CallGroup, string> Cell)[] Columns =
    [
        ("CALLS", group => group.Counts.Calls.ToString(CultureInfo.InvariantCulture)),
        ("LAST SEEN", group => TimeText.Format(group.LastSeen) ?? "-"),
        ("SERVED BY", group => OrDash(group.Caller.ServingRegion)),
        ("SIGNS", group => string.Join('+', group.Counts.BySign.Where(sign => sign.Calls > 0).Select(sign => sign.Name))),
        ("SOURCE", group => OrDash(group.Caller.Source)),
        ("PRINCIPAL", group => group.Caller.Principal),
        ("USER AGENT", group => OrDash(group.Caller.UserAgent)),
    ];

    /// <summary>Writes the callers and the summary.</summary>
    public static void Write(CloudTrailReport report, Terminal terminal, TextWriter output)
    {
        if (report.Groups.Count > 0)
        {
            // Cells are made twice and not kept: there may be many.
            int[] widths = [.. Columns.Select(column => report.Groups.Select(column.Cell).Append(column.Title).Max(cell => LogText.Sanitize(cell).Length))];
            var isNarrow = widths.Sum() + (Gap.Length * (widths.Length - 1)) > terminal.Width;
            foreach (var line in Lines([.. Columns.Select(column => column.Title)], widths, isNarrow))
            {
                output.WriteLine(terminal.HasColours ? $"{Ansi.Bold}{line}{Ansi.Reset}" : line);
            }

            foreach (var line in report.Groups.SelectMany(group => Lines([.. Columns.Select(column => LogText.Sanitize(column.Cell(group)))], widths, isNarrow)))
            {
                output.WriteLine(line);
            }
        }

        output.WriteLine(Summary(report));
    }

    private static string[] Lines(string[] cells, int[] widths, bool isNarrow) => isNarrow
        ? [Line(cells.Take(First), widths), new string(' ', widths[0]) + Gap + string.Join(Gap, cells.Skip(First))]
        : [Line(cells, widths)];

    private static string Line(IEnumerable<string> cells, int[] widths) =>
        string.Join(Gap, cells.Select((cell, index) => index == 0 ? cell.PadLeft(widths[0]) : cell.PadRight(widths[index]))).TrimEnd();

    private static string Summary(CloudTrailReport report)
    {
        var noLogs = report.Files - report.Logs;
        var calls = report.Global.Calls == 0
            ? "none to the global endpoint"
            : $"{report.Global.Calls} to the global endpoint by {Plural.Format(report.Groups.Count, "caller")} ("
                + string.Join(", ", report.Global.BySign.Select(sign => $"{sign.Name} {sign.Calls}")) + ")";
        return $"{Plural.Format(report.Files, "file")}{(noLogs == 0 ? string.Empty : $" ({noLogs} without a log)")}, "
            + $"{Plural.Format(report.Events, "event")}, {Plural.Format(report.StsCalls, "STS call")}: {calls}"
            + (report.Ungrouped == 0 ? string.Empty : $"; {report.Ungrouped} by further callers, who are not listed");
    }

    private static string OrDash(string text) => text.Length == 0 ? "-" : text;
}
