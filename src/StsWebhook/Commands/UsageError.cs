using System.CommandLine;
using StsWebhook.Text;

namespace StsWebhook.Commands;

/// <summary>
/// Reports a command line that cannot be understood as everything else that cannot be used: in one line, with the
/// same exit code. The parser's own report drowns it in the whole help.
/// </summary>
internal static class UsageError
{
    /// <summary>Exit code for a command line, settings or input that cannot be used.</summary>
    public const int ExitCode = 2;

    /// <summary>Tells what is wrong, and where to read on. The last error is the most specific one.</summary>
    public static int Report(ParseResult parsed)
    {
        parsed.InvocationConfiguration.Error.WriteLine(
            $"sts-webhook: {LogText.Sanitize(parsed.Errors[^1].Message.TrimEnd('.'))}: see sts-webhook --help");
        return ExitCode;
    }
}
