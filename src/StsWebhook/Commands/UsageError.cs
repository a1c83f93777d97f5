using System.CommandLine;
using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary>
/// Reports a command line that cannot be parsed in one line, like any other unusable input. The parser's own report
/// prints the whole help, in which the error is hard to find.
/// </summary>
internal static class UsageError
{
    /// <summary>Writes the last error, which is the most specific one, and returns the exit code.</summary>
    public static int Report(ParseResult parsed)
    {
        parsed.InvocationConfiguration.Error.WriteLine(
            $"sts-webhook: {LogText.Sanitize(parsed.Errors[^1].Message.TrimEnd('.'))}: see sts-webhook --help");
        return (int)ExitCode.Unusable;
    }
}
