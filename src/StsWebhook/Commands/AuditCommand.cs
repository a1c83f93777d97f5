using System.CommandLine;
using StsWebhook.Audit;
using StsWebhook.Audit.Output;
using StsWebhook.Cluster;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook audit</c>: what the webhook would do with what a cluster has.</summary>
internal static class AuditCommand
{
    private static readonly Option<string[]> Namespaces = new("--namespace", "-n")
    {
        Description = "Only this namespace; may be repeated. [default: all]",
        HelpName = "NAME",
    };

    private static readonly FormatOption<Action<AuditReport, int, TextWriter>> Output = new(
        "table: a row for each namespace, and the gravest findings; json: everything.",
        ("table", (report, _, output) => AuditTable.Write(report, Terminal.Output, output)),
        ("json", AuditJson.Write));

    private static readonly Option<string?> Context = new("--context")
    {
        Description = "The context of the kubeconfig. [default: its current one]",
        HelpName = "NAME",
    };

    private static readonly SettingOptions Settings = new(
        "The settings file of serve; policy, injection, region and nodes count.",
        (new("--region") { Description = "Region of pods of which nothing else tells it.", HelpName = "REGION" }, "region"),
        (new("--kubeconfig") { Description = "Kubeconfig file. [default: $KUBECONFIG, or ~/.kube/config]", HelpName = "FILE" }, "kubeconfig"));

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "audit",
            "Go through a cluster, only reading, and tell what the webhook would do with what is there. Exits with 0, with 1 where something would be denied, with 2 where something cannot be read.")
        {
            Namespaces,
            Context,
        };
        Output.AddTo(command);
        Settings.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var write = Output.Writer(parsed);
            var names = parsed.GetValue(Namespaces)!.Distinct(StringComparer.Ordinal).ToArray();
            if (Array.Find(names, name => !IsNamespace(name)) is { } bad)
            {
                throw new ConfigurationException($"--namespace: '{bad}' is not allowed: expected the name of a namespace");
            }

            var settings = Settings.Loader(parsed).Load();
            var nodes = settings.NodesFile is { } file ? NodesFile.Read(file) : null;
            using var api = KubernetesApiClient.ConnectAsUser(settings, parsed.GetValue(Context), TimeProvider.System);
            using var interruption = new Interruption();
            var audit = new ClusterAudit(api, settings, nodes, new ProgressLine(Terminal.Error, error, TimeProvider.System), TimeProvider.System);
            var report = await audit.RunAsync(names, interruption.Token).ConfigureAwait(false);
            foreach (var line in ReadFailureLines.Format(report.Unread))
            {
                await error.WriteLineAsync(line).ConfigureAwait(false);
            }

            var exitCode = interruption.ExitCode ?? report.ExitCode;
            write(report, exitCode, output);
            return exitCode;
        }
        catch (ConfigurationException e)
        {
            await error.WriteLineAsync($"sts-webhook: {e.Message}").ConfigureAwait(false);
            return UsageError.ExitCode;
        }
    }

    /// <summary>Whether it is a label as RFC 1123 has them: anything else would mean another path.</summary>
    private static bool IsNamespace(string name) =>
        name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
