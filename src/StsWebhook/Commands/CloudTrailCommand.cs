using System.CommandLine;
using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Input;
using StsWebhook.Output;
using StsWebhook.Settings;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook cloudtrail</c>: who still calls the global endpoint, by the logs of CloudTrail.</summary>
internal static class CloudTrailCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "CloudTrail log files, plain or gzip, folders (searched for *.json, *.json.gz), or - for standard input.",
    };

    private static readonly FormatOption<Action<CloudTrailReport, TextWriter>> Output = new(
        "table: a row for each caller; json; csv.",
        ("table", (report, output) => CallTable.Write(report, Terminal.Output, output)),
        ("json", CallJson.Write),
        ("csv", CallCsv.Write));

    private static readonly Option<string?> From = new("--since")
    {
        Description = $"Count calls from then on: {Since.Allowed}.",
        HelpName = "TIME",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(
            "cloudtrail",
            "Find in CloudTrail logs who still calls the global endpoint. Exits with 0 where nobody does, with 1 where somebody does, with 2 where no log could be read.")
        {
            Paths,
            From,
        };
        Output.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var write = Output.Writer(parsed);
            var analysis = new LogAnalysis(SinceOf(parsed.GetValue(From)));
            var report = analysis.Analyse(InputPaths.Find(parsed.GetValue(Paths)!, LogFile.Endings, Console.OpenStandardInput));
            foreach (var file in report.Damaged)
            {
                error.WriteLine(LogText.Sanitize(file.Message));
            }

            write(report, output);
            if (report.Logs == 0)
            {
                error.WriteLine("sts-webhook: no CloudTrail log could be read");
            }

            return report.ExitCode;
        }
        catch (ConfigurationException e)
        {
            error.WriteLine($"sts-webhook: {e.Message}");
            return UsageError.ExitCode;
        }
    }

    private static DateTimeOffset? SinceOf(string? text) =>
        text is null ? null
        : Since.TryParse(text, TimeProvider.System.GetUtcNow(), out var since) ? since
        : throw new ConfigurationException($"--since: '{text}' is not allowed: expected {Since.Allowed}");
}
