using System.Buffers;
using System.Globalization;
using StsWebhook.Text;

namespace StsWebhook.CloudTrail.Output;

/// <summary>A row for each caller, quoted as RFC 4180 has it, for spreadsheets.</summary>
internal static class CallCsv
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",");

    /// <summary>What a spreadsheet takes for the beginning of a formula. Whoever calls STS chooses its user agent.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    /// <summary>Writes a heading and the callers.</summary>
    public static void Write(CloudTrailReport report, TextWriter output)
    {
        WriteRow(output, ["calls", "lastSeen", "servingRegion", .. EvidenceCounts.Names.Select(sign => sign.Name), "source", "principal", "userAgent"]);
        foreach (var group in report.Groups)
        {
            WriteRow(
                output,
                [
                    Text(group.Counts.Calls),
                    TimeText.Format(group.LastSeen) ?? string.Empty,
                    Cell(group.Caller.ServingRegion),
                    .. group.Counts.BySign.Select(sign => Text(sign.Calls)),
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
