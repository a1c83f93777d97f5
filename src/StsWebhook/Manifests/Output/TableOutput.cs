using StsWebhook.Output;
using StsWebhook.Telemetry;

namespace StsWebhook.Manifests.Output;

/// <summary>
/// A line for each finding, as compilers write them: with the place first, so that editors and CI systems make a link
/// of it. A summary ends it.
/// </summary>
internal static class TableOutput
{
    private const string Bold = "\e[1m";
    private const string Red = "\e[1;31m";
    private const string Yellow = "\e[1;33m";
    private const string Cyan = "\e[1;36m";
    private const string Reset = "\e[0m";

    /// <summary>Writes the findings and the summary.</summary>
    public static void Write(CheckReport report, Terminal terminal, TextWriter output)
    {
        foreach (var (of, finding) in report.Objects.SelectMany(o => o.Findings, (o, finding) => (o, finding)))
        {
            Write(of, finding, terminal, output);
        }

        output.WriteLine(Summary(report));
    }

    private static void Write(CheckedObject of, FileFinding finding, Terminal terminal, TextWriter output)
    {
        var place = OneLine.Of($"{of.Source.File}:{finding.Line}:");
        var level = finding.Level.ToString().ToLowerInvariant() + ":";
        var head = $"{place} {level}";
        foreach (var line in LineWrap.Wrap(head, OneLine.Of($"{of.Title}: {finding.Text}"), terminal.Width))
        {
            output.WriteLine(terminal.HasColours && line.StartsWith(head, StringComparison.Ordinal)
                ? $"{Bold}{place}{Reset} {ColourOf(finding.Level)}{level}{Reset}{line[head.Length..]}"
                : line);
        }
    }

    private static string ColourOf(FindingLevel level) => level switch
    {
        FindingLevel.Error => Red,
        FindingLevel.Warning => Yellow,
        _ => Cyan,
    };

    private static string Summary(CheckReport report)
    {
        string[] found =
        [
            Counted(report.Count(FindingLevel.Error), "error"),
            Counted(report.Count(FindingLevel.Warning), "warning"),
            Counted(report.Count(FindingLevel.Note), "note"),
            report.Errors.Count == 0 ? string.Empty : $"{report.Errors.Count} unusable",
        ];
        var findings = string.Join(", ", found.Where(text => text.Length > 0));
        return $"{Number(report.Files.Count, "file")}, {Number(report.Objects.Count, "object")} ({report.Ignored} ignored), "
            + $"{Number(report.Patched, "pod")} would get variables"
            + (report.WithoutRegion == 0 ? string.Empty : $" ({report.WithoutRegion} without a region: use --region or --nodes)")
            + $": {(findings.Length == 0 ? "no findings" : findings)}";
    }

    private static string Counted(int count, string noun) => count == 0 ? string.Empty : Number(count, noun);

    private static string Number(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
