using System.CommandLine;

namespace StsWebhook.Commands;

/// <summary>One run of a command: the parsed command line, and where to write to.</summary>
/// <param name="Parsed">The parsed command line.</param>
internal readonly record struct CommandInvocation(ParseResult Parsed)
{
    /// <summary>Standard output.</summary>
    public TextWriter Output => Parsed.InvocationConfiguration.Output;

    /// <summary>Standard error.</summary>
    public TextWriter Error => Parsed.InvocationConfiguration.Error;
}
