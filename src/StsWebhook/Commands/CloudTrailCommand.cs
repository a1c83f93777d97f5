using System.CommandLine;
using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Input;
using StsWebhook.Output;
using StsWebhook.Settings;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook cloudtrail</c>: lists the callers of the global endpoint in CloudTrail logs.</summary>
internal static class CloudTrailCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "CloudTrail log files, plain or gzip, directories (searched for *.json, *.json.gz), or - for "
            + "standard input.",
    };

    private static readonly FormatOption<Action<CloudTrailReport, TextWriter>> Output = new(
        "table: one row per caller; json; csv.",
        ("table", (report, output) => CallTable.Write(report, Terminal.Output, output)),
        ("json", CallJson.Write),
        ("csv", CallCsv.Write));

    private static readonly Option<string?> From = new("--since")
    {
        Description = $"Count only calls from this time on: {Since.Allowed}.",
        HelpName = "TIME",
    };

    /// <summary>The command.</summary>
    public static CommandDefinition Definition { get; } = new(
        "cloudtrail",
        "List who still calls the global STS endpoint, from CloudTrail logs. Exit code: 0 no calls, 1 calls found, 2 "
        + "no log could be read.",
        (invocation, _) => Task.FromResult(Run(invocation)))
    {
        Arguments = [Paths],
        Options = [From, Output.Option],
    };

    private static ExitCode Run(CommandInvocation invocation)
    {
        var parsed = invocation.Parsed;
        var write = Output.FindWriter(parsed);
        var analysis = new LogAnalysis(ParseSince(parsed.GetValue(From)));
        var report = analysis.Analyse(InputPaths.Find(parsed.GetValue(Paths)!, LogFile.Endings, Console.OpenStandardInput));
        foreach (var file in report.Damaged)
        {
            invocation.Error.WriteLine(LogText.Sanitize(file.Message));
        }

        write(report, invocation.Output);
        if (report.Logs == 0)
        {
            invocation.Error.WriteLine("sts-webhook: no CloudTrail log could be read");
        }

        return report.ExitCode;
    }

    private static DateTimeOffset? ParseSince(string? text) =>
        text is null ? null
        : Since.TryParse(text, TimeProvider.System.GetUtcNow(), out var since) ? since
        : throw new ConfigurationException($"--since: '{text}' is not allowed: expected {Since.Allowed}");
}
