using StsWebhook.Core.Enums;
using StsWebhook.Findings;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Manifests.Output;

/// <summary>
/// Writes one line per finding in the format of compilers, so that editors and CI systems can link to file and line. The
/// last line is a summary.
/// </summary>
internal static class TableOutput
{
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
        var place = LogText.Sanitize($"{of.Source.File}:{finding.Line}:");
        var level = EnumWord.Format(finding.Level) + ":";
        var head = $"{place} {level}";
        foreach (var line in LineWrap.Wrap(head, LogText.Sanitize($"{of.Title}: {finding.Text}"), terminal.Width))
        {
            output.WriteLine(terminal.HasColours && line.StartsWith(head, StringComparison.Ordinal)
                ? $"{Ansi.Bold}{place}{Ansi.Reset} {finding.Level.Colour()}{level}{Ansi.Reset}{line[head.Length..]}"
                : line);
        }
    }

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
        return $"{CountText.Format(report.Files.Count, "file")}, "
            + $"{CountText.Format(report.Objects.Count, "object")} ({report.Ignored} ignored), "
            + $"{CountText.Format(report.Patched, "pod")} would get variables"
            + (report.WithoutRegion == 0 ? string.Empty : $" ({report.WithoutRegion} without a region: use --region or --nodes)")
            + $": {(findings.Length == 0 ? "no findings" : findings)}";
    }

    private static string Counted(int count, string noun) => count == 0 ? string.Empty : CountText.Format(count, noun);
}
