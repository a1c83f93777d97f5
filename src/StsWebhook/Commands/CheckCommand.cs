using System.CommandLine;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Output;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;
using StsWebhook.Settings;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook check</c>: what the webhook would say to manifests, without a cluster.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Files, folders (searched for *.yaml, *.yml, *.json), or - for standard input.",
    };

    private static readonly FormatOption<Action<CheckReport, TextWriter, TextWriter>> Output = new(
        "table: a line for each finding; json; sarif: for code hosts; patched: the manifests as the cluster would run them.",
        ("table", (report, output, _) => TableOutput.Write(report, Terminal.Output, output)),
        ("json", (report, output, _) => JsonOutput.Write(report, output)),
        ("sarif", (report, output, _) => SarifOutput.Write(report, output)),
        ("patched", WritePatched));

    private static readonly SettingOptions Settings = new(
        "The settings file of serve; policy, injection, region and nodes count.",
        (new("--region") { Description = "Region of pods of which nothing else tells it.", HelpName = "REGION" }, "region"),
        (new("--nodes") { Description = "NodeList, as 'kubectl get nodes -o json' prints it: the cluster's nodes tell regions.", HelpName = "FILE" }, "nodes"),
        (new("--enforce") { Description = "What becomes of findings. [default: deny]", HelpName = "deny|warn|audit" }, "policy.enforce"));

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "check",
            "Check manifests as the webhook would, without a cluster. Exits with 0, with 1 where something would be denied, with 2 where something cannot be used.")
        {
            Paths,
        };
        Output.AddTo(command);
        Settings.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var write = Output.Writer(parsed);
            var settings = Settings.Loader(parsed).Load();
            var nodes = settings.NodesFile is { } file ? NodesFile.Read(file) : NodeTable.Empty;
            var check = new ManifestCheck(settings.Review, nodes, settings.ReadConfigMaps);
            var report = check.Check([.. InputPaths.Find(parsed.GetValue(Paths)!, ManifestFile.Endings, Console.OpenStandardInput).Select(ManifestFile.Read)]);
            foreach (var unusable in report.Errors)
            {
                error.WriteLine(LogText.Sanitize(unusable.ToString()));
            }

            write(report, output, error);
            return report.ExitCode;
        }
        catch (ConfigurationException e)
        {
            error.WriteLine($"sts-webhook: {e.Message}");
            return UsageError.ExitCode;
        }
    }

    private static void WritePatched(CheckReport report, TextWriter output, TextWriter error)
    {
        PatchedOutput.Write(report, output);
        TableOutput.Write(report, Terminal.Error, error);
    }
}
