using System.Globalization;
using StsWebhook.Output;

namespace StsWebhook.CloudTrail.Output;

/// <summary>One row per caller, and a summary. If the terminal is too narrow, a row takes two lines.</summary>
internal static class CallTable
{
    private static readonly TextTable<CallGroup> Table = new(
        new("CALLS", group => group.Counts.Calls.ToString(CultureInfo.InvariantCulture)) { IsRightAligned = true },
        new("LAST SEEN", group => TimeText.Format(group.LastSeen) ?? "-"),
        new("SERVED BY", group => OrDash(group.Caller.ServingRegion)),
        new("SIGNS", group =>
            string.Join('+', group.Counts.ByEvidence.Where(evidence => evidence.Calls > 0).Select(evidence => evidence.Name))),
        new("SOURCE", group => OrDash(group.Caller.Source)),
        new("PRINCIPAL", group => group.Caller.Principal),
        new("USER AGENT", group => OrDash(group.Caller.UserAgent)))
    {
        Gap = "  ",

        // Principal and user agent are the long columns.
        FirstLineColumns = 5,
    };

    /// <summary>Writes the callers and the summary.</summary>
    public static void Write(CloudTrailReport report, Terminal terminal, TextWriter output)
    {
        if (report.Groups.Count > 0)
        {
            Table.Write(report.Groups, terminal, output);
        }

        output.WriteLine(Summary(report));
    }

    private static string Summary(CloudTrailReport report)
    {
        var noLogs = report.Files - report.Logs;
        var calls = report.Global.Calls == 0
            ? "none to the global endpoint"
            : $"{report.Global.Calls} to the global endpoint by {CountText.Format(report.Groups.Count, "caller")} ("
                + string.Join(", ", report.Global.ByEvidence.Select(evidence => $"{evidence.Name} {evidence.Calls}")) + ")";
        return $"{CountText.Format(report.Files, "file")}{(noLogs == 0 ? string.Empty : $" ({noLogs} without a log)")}, "
            + $"{CountText.Format(report.Events, "event")}, {CountText.Format(report.StsCalls, "STS call")}: {calls}"
            + (report.Ungrouped == 0 ? string.Empty : $"; {report.Ungrouped} by further callers, who are not listed");
    }

    private static string OrDash(string text) => text.Length == 0 ? "-" : text;
}
