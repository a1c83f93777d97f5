using System.CommandLine;
using System.CommandLine.Invocation;
using StsWebhook.Telemetry;

namespace StsWebhook.Commands;

/// <summary>The command line as a whole.</summary>
internal static class Root
{
    /// <summary>
    /// How commands run. Signals are left to the host, which lets requests under way end: the parser would end the
    /// process two seconds after the signal, whatever is under way, with an exit code that says failure.
    /// </summary>
    public static InvocationConfiguration Invocation { get; } = new() { ProcessTerminationTimeout = null };

    /// <summary>Puts the subcommands together.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Makes the pods of a cluster call the AWS STS endpoint of their own region.")
        {
            ServeCommand.Create(),
            CheckCommand.Create(),
            AuditCommand.Create(),
            CloudTrailCommand.Create(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"sts-webhook {BuildInfo.Version} (commit {BuildInfo.Commit})");
            return 0;
        }
    }
}
