using System.CommandLine;
using System.CommandLine.Invocation;
using StsWebhook.Telemetry;

namespace StsWebhook.Commands;

/// <summary>The command line of <c>sts-webhook</c>.</summary>
internal static class Root
{
    /// <summary>
    /// How commands run. Signals are handled by the host and by <see cref="SignalCancellation"/>, which let work in
    /// progress finish. The parser's own handler would end the process two seconds after a signal, with an exit code
    /// that reports a failure.
    /// </summary>
    public static InvocationConfiguration Invocation { get; } = new() { ProcessTerminationTimeout = null };

    /// <summary>All subcommands, in the order of the help.</summary>
    private static IReadOnlyList<CommandDefinition> Commands =>
    [
        ServeCommand.Definition, CheckCommand.Definition, AuditCommand.Definition, CloudTrailCommand.Definition,
        CertificatesCommand.Definition,
    ];

    /// <summary>Creates the root command with all subcommands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Makes the pods of a cluster call the AWS STS endpoint of their own region.");
        foreach (var command in Commands)
        {
            root.Subcommands.Add(command.Build());
        }

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
