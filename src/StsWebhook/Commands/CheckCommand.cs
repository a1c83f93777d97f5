using System.CommandLine;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Output;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook check</c>: reviews manifests without a cluster.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Files, directories (searched for *.yaml, *.yml, *.json), or - for standard input.",
    };

    private static readonly FormatOption<Action<CheckReport, TextWriter, TextWriter>> Output = new(
        "table: one line per finding; json; sarif: for code hosts; patched: the manifests with the injected variables.",
        ("table", (report, output, _) => TableOutput.Write(report, Terminal.Output, output)),
        ("json", (report, output, _) => JsonOutput.Write(report, output)),
        ("sarif", (report, output, _) => SarifOutput.Write(report, output)),
        ("patched", WritePatched));

    private static readonly SettingOptions Settings = SettingOptions.For("region", "nodes", "policy.enforce");

    /// <summary>The command.</summary>
    public static CommandDefinition Definition { get; } = new(
        "check",
        "Check manifests as the webhook would, without a cluster. Exit code: 0 nothing denied, 1 something denied, 2 "
        + "something could not be read.",
        (invocation, _) => Task.FromResult(Run(invocation)))
    {
        Arguments = [Paths],
        Options = [Output.Option, .. Settings.Options],
    };

    private static ExitCode Run(CommandInvocation invocation)
    {
        var parsed = invocation.Parsed;
        var write = Output.FindWriter(parsed);
        var settings = Settings.CreateLoader(parsed).Load();
        var nodes = settings.Startup.NodesFile is { } file ? NodesFile.Read(file) : NodeTable.Empty;
        var check = new ManifestCheck(settings.Reloadable.Review, nodes, settings.Startup.ReadConfigMaps);
        var files = InputPaths.Find(parsed.GetValue(Paths)!, ManifestFile.Endings, Console.OpenStandardInput);
        var report = check.Check([.. files.Select(ManifestFile.Read)]);
        foreach (var unusable in report.Errors)
        {
            invocation.Error.WriteLine(LogText.Sanitize(unusable.ToString()));
        }

        write(report, invocation.Output, invocation.Error);
        return report.ExitCode;
    }

    private static void WritePatched(CheckReport report, TextWriter output, TextWriter error)
    {
        PatchedOutput.Write(report, output);
        TableOutput.Write(report, Terminal.Error, error);
    }
}
