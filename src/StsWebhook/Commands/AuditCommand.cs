using System.CommandLine;
using StsWebhook.Audit;
using StsWebhook.Audit.Output;
using StsWebhook.Cluster;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook audit</c>: reviews the objects of a live cluster without changing them.</summary>
internal static class AuditCommand
{
    private static readonly Option<string[]> Namespaces = new("--namespace", "-n")
    {
        Description = "Audit only this namespace; can be repeated. [default: all]",
        HelpName = "NAME",
    };

    private static readonly FormatOption<Action<AuditReport, ExitCode, TextWriter>> Output = new(
        "table: one row per namespace, and the most severe findings; json: all findings.",
        ("table", (report, _, output) => AuditTable.Write(report, Terminal.Output, output)),
        ("json", (report, exitCode, output) => AuditJson.Write(report, (int)exitCode, output)));

    private static readonly Option<string?> Context = SettingOptions.CreateContext();

    private static readonly SettingOptions Settings = SettingOptions.For("region", "kubeconfig");

    /// <summary>The command.</summary>
    public static CommandDefinition Definition { get; } = new(
        "audit",
        "Report what the webhook would do with the objects in a cluster (read-only). Exit code: 0 nothing denied, 1 "
        + "something denied, 2 something could not be read.",
        (invocation, _) => RunAsync(invocation))
    {
        Options = [Namespaces, Context, Output.Option, .. Settings.Options],
    };

    private static async Task<ExitCode> RunAsync(CommandInvocation invocation)
    {
        var (parsed, error) = (invocation.Parsed, invocation.Error);
        var write = Output.FindWriter(parsed);
        var namespaces = parsed.GetValue(Namespaces)!.Distinct(StringComparer.Ordinal).ToArray();
        if (Array.Find(namespaces, name => !IsNamespaceName(name)) is { } invalid)
        {
            throw new ConfigurationException($"--namespace: '{invalid}' is not allowed: expected the name of a namespace");
        }

        var settings = Settings.CreateLoader(parsed).Load();
        var nodes = settings.Startup.NodesFile is { } file ? NodesFile.Read(file) : null;
        using var api = KubernetesApiClient.ConnectAsUser(settings.Startup, parsed.GetValue(Context), TimeProvider.System);
        using var signals = new SignalCancellation();
        var progress = new ProgressLine(Terminal.Error, error, TimeProvider.System);
        var audit = new ClusterAudit(api, settings, nodes, progress, TimeProvider.System);
        var report = await audit.RunAsync(namespaces, signals.Token).ConfigureAwait(false);
        foreach (var line in ReadFailureLines.Format(report.Unread))
        {
            await error.WriteLineAsync(line).ConfigureAwait(false);
        }

        var exitCode = signals.ExitCode ?? report.ExitCode;
        write(report, exitCode, invocation.Output);
        return exitCode;
    }

    /// <summary>
    /// Whether the name can be a DNS label (RFC 1123). Other characters would change the path of the API request.
    /// </summary>
    private static bool IsNamespaceName(string name) =>
        name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
