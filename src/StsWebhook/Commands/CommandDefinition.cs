using System.CommandLine;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary>
/// A subcommand of <c>sts-webhook</c>. All subcommands run through <see cref="Build"/>, so all of them report unusable
/// settings and input in the same way.
/// </summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">The help text.</param>
/// <param name="RunAsync">
/// Runs the command. A <see cref="ConfigurationException"/> becomes one line on standard error. Null if the command requires a
/// subcommand.
/// </param>
internal sealed record CommandDefinition(
    string Name, string Description, Func<CommandInvocation, CancellationToken, Task<ExitCode>>? RunAsync)
{
    /// <summary>The positional arguments.</summary>
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    /// <summary>The options in the order of the help.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>The subcommands.</summary>
    public IReadOnlyList<CommandDefinition> Subcommands { get; init; } = [];

    /// <summary>A command that only has subcommands.</summary>
    public static CommandDefinition Group(string name, string description, params IReadOnlyList<CommandDefinition> subcommands) =>
        new(name, description, RunAsync: null) { Subcommands = subcommands };

    /// <summary>Creates the command for the parser.</summary>
    public Command Build()
    {
        var command = new Command(Name, Description);
        foreach (var argument in Arguments)
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in Options)
        {
            command.Options.Add(option);
        }

        foreach (var subcommand in Subcommands)
        {
            command.Subcommands.Add(subcommand.Build());
        }

        if (RunAsync is not { } runAsync)
        {
            return command;
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = new CommandInvocation(parsed);
            try
            {
                return (int)await runAsync(invocation, cancellation).ConfigureAwait(false);
            }
            catch (ConfigurationException e)
            {
                await invocation.Error.WriteLineAsync($"sts-webhook: {e.Message}").ConfigureAwait(false);
                return (int)ExitCode.Unusable;
            }
        });
        return command;
    }
}
