using System.Globalization;
using StsWebhook.Core.Enums;
using StsWebhook.Findings;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Audit.Output;

/// <summary>Writes one row per namespace, the most severe findings, and a summary.</summary>
internal static class AuditTable
{
    /// <summary>The largest number of findings that are listed; about one screen.</summary>
    private const int MaxFindings = 20;

    private static readonly TextTable<(AuditedNamespace Namespace, NamespaceCounts Counts)> Namespaces = new(
        new("NAMESPACE", row => row.Namespace.Name),
        new("OPTED IN", row => row.Namespace.IsOptedIn switch { true => "yes", false => "no", null => "?" }),
        new("ENFORCE", row => EnumWord.Format(row.Namespace.Enforcement)),
        Number("PODS", counts => Text(counts.Pods.Total)),
        Number("INJECTED", counts => Text(counts.Pods.Injected)),
        Number("MISSING", counts => Text(counts.Pods.Missing)),
        Number("DENIED", counts => Text(counts.Pods.Denied)),
        Number("WARNED", counts => Text(counts.Pods.Warned)),
        Number("EXEMPT", counts => Text(counts.Pods.Exempt)),
        Number("WORKLOADS", counts => Share(counts.Workloads)),
        Number("CONFIGMAPS", counts => Share(counts.ConfigMaps)));

    /// <summary>Writes the report as a table.</summary>
    public static void Write(AuditReport report, Terminal terminal, TextWriter output)
    {
        if (report.Namespaces.Count > 0)
        {
            Namespaces.Write(report.Namespaces, terminal, output);
            output.WriteLine();
        }

        foreach (var finding in report.Findings.Take(MaxFindings))
        {
            Write(finding, terminal, output);
        }

        if (report.Findings.Count > MaxFindings)
        {
            output.WriteLine(
                $"and {CountText.Format(report.Findings.Count - MaxFindings, "finding")} more: use --output json to list all");
        }

        output.WriteLine(Summary(report));
    }

    private static TableColumn<(AuditedNamespace Namespace, NamespaceCounts Counts)> Number(
        string title, Func<NamespaceCounts, string> format) =>
        new(title, row => format(row.Counts)) { IsRightAligned = true };

    /// <summary>The number of objects with findings, and of all objects: <c>2/17</c>.</summary>
    private static string Share(ObjectCounts counts) => $"{Text(counts.Denied + counts.Warned)}/{Text(counts.Total)}";

    private static void Write(OwnerFinding of, Terminal terminal, TextWriter output)
    {
        var head = EnumWord.Format(of.Finding.Level) + ":";
        var pods = of.Pods == 0 || of.Owner.Kind == "Pod"
            ? string.Empty
            : $" ({CountText.Format(of.Pods, "pod")}, such as {of.Pod})";
        foreach (var line in LineWrap.Wrap(head, LogText.Sanitize($"{of.Title}{pods}: {of.Finding.Text}"), terminal.Width))
        {
            output.WriteLine(terminal.HasColours && line.StartsWith(head, StringComparison.Ordinal)
                ? $"{of.Finding.Level.Colour()}{head}{Ansi.Reset}{line[head.Length..]}"
                : line);
        }
    }

    private static string Summary(AuditReport report)
    {
        var (pods, workloads, configMaps) = report.Total;
        return (report.IsInterrupted ? "interrupted: " : string.Empty)
            + $"{CountText.Format(report.Namespaces.Count, "namespace")} "
            + $"({report.Namespaces.Count(n => n.Namespace.IsOptedIn == true)} opted in), "
            + $"{CountText.Format(pods.Total, "pod")}: {pods.Injected} injected, {pods.Missing} missing"
            + (pods.WithoutRegion == 0 ? string.Empty : $" ({pods.WithoutRegion} without a region: use --region)")
            + $", {pods.Denied} would be denied, {pods.Exempt} exempt; {pods.Warned} would warn; "
            + $"{CountText.Format(workloads.Total, "workload")} ({workloads.Denied} with pods that would be denied), "
            + $"{CountText.Format(configMaps.Total, "ConfigMap")}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
