using System.Buffers;
using System.Globalization;
using StsWebhook.Text;

namespace StsWebhook.CloudTrail.Output;

/// <summary>Writes one row per caller as CSV (RFC 4180), for spreadsheets.</summary>
internal static class CallCsv
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",");

    /// <summary>
    /// Characters that start a formula in spreadsheets. The client chooses its user agent, so a cell that starts with one
    /// of them is prefixed with an apostrophe.
    /// </summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    /// <summary>Writes the header row and a row per caller.</summary>
    public static void Write(CloudTrailReport report, TextWriter output)
    {
        WriteRow(output, ["calls", "lastSeen", "servingRegion", .. EvidenceCounts.Names.Select(evidence => evidence.Name),
            "source", "principal", "userAgent"]);
        foreach (var group in report.Groups)
        {
            WriteRow(
                output,
                [
                    Text(group.Counts.Calls),
                    TimeText.Format(group.LastSeen) ?? string.Empty,
                    Cell(group.Caller.ServingRegion),
                    .. group.Counts.ByEvidence.Select(evidence => Text(evidence.Calls)),
                    Cell(group.Caller.Source),
                    Cell(group.Caller.Principal),
                    Cell(group.Caller.UserAgent),
                ]);
        }
    }

    private static void WriteRow(TextWriter output, IEnumerable<string> cells) => output.WriteLine(string.Join(',', cells));

    private static string Cell(string text)
    {
        var plain = LogText.Sanitize(text.Length > 0 && Formula.Contains(text[0]) ? "'" + text : text);
        return plain.AsSpan().ContainsAny(Special) ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
