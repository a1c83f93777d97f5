using System.CommandLine;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Output;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook check</c>: what the webhook would say to manifests, without a cluster.</summary>
internal static class CheckCommand
{
    private const string Formats = "table, json, sarif, patched";

    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Files, folders (searched for *.yaml, *.yml, *.json), or - for standard input.",
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "table: a line for each finding; json; sarif: for code hosts; patched: the manifests as the cluster would run them. [default: table]",
        HelpName = "table|json|sarif|patched",
        DefaultValueFactory = _ => "table",
    };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = "The settings file of serve; policy, injection, region and nodes count.",
        HelpName = "FILE",
    };

    /// <summary>The settings that have a flag here.</summary>
    private static readonly Option<string?>[] Flags =
    [
        new("--region") { Description = "Region of pods of which nothing else tells it.", HelpName = "REGION" },
        new("--nodes") { Description = "NodeList, as 'kubectl get nodes -o json' prints it: the cluster's nodes tell regions.", HelpName = "FILE" },
        new("--enforce") { Description = "What becomes of findings. [default: deny]", HelpName = "deny|warn|audit" },
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "check",
            "Check manifests as the webhook would, without a cluster. Exits with 0, with 1 where something would be denied, with 2 where something cannot be used.")
        {
            Paths,
            Output,
            Config,
        };
        foreach (var flag in Flags)
        {
            command.Options.Add(flag);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var write = WriterOf(parsed.GetValue(Output)!);
            var settings = new SettingsLoader(parsed.GetValue(Config), [.. SettingsOf(parsed)], Environment.GetEnvironmentVariables()).Load();
            var nodes = settings.NodesFile is { } file ? NodesFile.Read(file) : NodeTable.Empty;
            var check = new ManifestCheck(settings.Review, nodes, settings.ReadConfigMaps);
            var report = check.Check([.. InputPaths.Find(parsed.GetValue(Paths)!, ManifestFile.Endings, Console.OpenStandardInput).Select(ManifestFile.Read)]);
            foreach (var unusable in report.Errors)
            {
                error.WriteLine(OneLine.Of(unusable.ToString()));
            }

            write(report, output, error);
            return report.ExitCode;
        }
        catch (UnusableSettingException e)
        {
            error.WriteLine($"sts-webhook: {e.Message}");
            return UsageError.ExitCode;
        }
    }

    private static IEnumerable<RawSetting> SettingsOf(ParseResult parsed) =>
        from flag in Flags
        let value = parsed.GetValue(flag)
        where value is not null
        select new RawSetting(flag.Name == "--enforce" ? "policy.enforce" : flag.Name[2..], value, flag.Name);

    private static Action<CheckReport, TextWriter, TextWriter> WriterOf(string format) => format switch
    {
        "table" => (report, output, _) => TableOutput.Write(report, Terminal.Output, output),
        "json" => (report, output, _) => JsonOutput.Write(report, output),
        "sarif" => (report, output, _) => SarifOutput.Write(report, output),
        "patched" => WritePatched,
        _ => throw new UnusableSettingException($"--output: '{format}' is not allowed: expected {Formats}"),
    };

    private static void WritePatched(CheckReport report, TextWriter output, TextWriter error)
    {
        PatchedOutput.Write(report, output);
        TableOutput.Write(report, Terminal.Error, error);
    }
}
