using System.Globalization;
using StsWebhook.Findings;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Audit.Output;

/// <summary>A row for each namespace, a line for each of the gravest findings, and a summary.</summary>
internal static class AuditTable
{
    /// <summary>A screenful.</summary>
    private const int MaxFindings = 20;

    private static readonly string[] Headings =
        ["NAMESPACE", "OPTED IN", "ENFORCE", "PODS", "INJECTED", "MISSING", "DENIED", "WARNED", "EXEMPT", "WORKLOADS", "CONFIGMAPS"];

    /// <summary>Writes the report.</summary>
    public static void Write(AuditReport report, Terminal terminal, TextWriter output)
    {
        if (report.Namespaces.Count > 0)
        {
            WriteNamespaces(report, terminal, output);
        }

        foreach (var finding in report.Findings.Take(MaxFindings))
        {
            Write(finding, terminal, output);
        }

        if (report.Findings.Count > MaxFindings)
        {
            output.WriteLine($"and {Plural.Format(report.Findings.Count - MaxFindings, "finding")} more, which --output json lists");
        }

        output.WriteLine(Summary(report));
    }

    private static void WriteNamespaces(AuditReport report, Terminal terminal, TextWriter output)
    {
        var isHeading = true;
        foreach (var line in TextTable.Lines([Headings, .. report.Namespaces.Select(n => Row(n.Namespace, n.Counts))], texts: 3))
        {
            output.WriteLine(isHeading && terminal.HasColours ? $"{Ansi.Bold}{line}{Ansi.Reset}" : line);
            isHeading = false;
        }

        output.WriteLine();
    }

    private static string[] Row(AuditedNamespace @namespace, NamespaceCounts counts) =>
    [
        LogText.Sanitize(@namespace.Name),
        @namespace.IsOptedIn switch { true => "yes", false => "no", null => "?" },
        @namespace.Enforcement.ToString().ToLowerInvariant(),
        Text(counts.Pods.Total),
        Text(counts.Pods.Injected),
        Text(counts.Pods.Missing),
        Text(counts.Pods.Denied),
        Text(counts.Pods.Warned),
        Text(counts.Pods.Exempt),
        Share(counts.Workloads),
        Share(counts.ConfigMaps),
    ];

    /// <summary>How many of all something was found in.</summary>
    private static string Share(ObjectCounts counts) => $"{Text(counts.Denied + counts.Warned)}/{Text(counts.Total)}";

    private static void Write(OwnerFinding of, Terminal terminal, TextWriter output)
    {
        var head = of.Finding.Level.ToString().ToLowerInvariant() + ":";
        var pods = of.Pods == 0 || of.Owner.Kind == "Pod" ? string.Empty : $" ({Plural.Format(of.Pods, "pod")}, such as {of.Pod})";
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
            + $"{Plural.Format(report.Namespaces.Count, "namespace")} ({report.Namespaces.Count(n => n.Namespace.IsOptedIn == true)} opted in), "
            + $"{Plural.Format(pods.Total, "pod")}: {pods.Injected} injected, {pods.Missing} missing"
            + (pods.WithoutRegion == 0 ? string.Empty : $" ({pods.WithoutRegion} without a region: use --region)")
            + $", {pods.Denied} would be denied, {pods.Exempt} exempt; {pods.Warned} would warn; "
            + $"{Plural.Format(workloads.Total, "workload")} ({workloads.Denied} with pods that would be denied), "
            + $"{Plural.Format(configMaps.Total, "ConfigMap")}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
