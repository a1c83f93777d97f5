using System.CommandLine;
using System.Text.RegularExpressions;
using StsWebhook.Commands;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Commands;

/// <summary>The option tables in the pages of the commands are generated from the commands.</summary>
public sealed partial class OptionDocumentationTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("audit")]
    [InlineData("cloudtrail")]
    public void Documentation_OptionTable_IsGenerated(string command) => GeneratedSection.Verify($"docs/{command}.md", "options", [
        "| Option | Effect | Default |",
        "| --- | --- | --- |",
        .. Root.Create().Subcommands.Single(c => c.Name == command).Options.Where(IsOwn).Select(Row),
    ]);

    /// <summary>Whether the command defines the option. The parser adds the others, such as <c>--help</c>.</summary>
    private static bool IsOwn(Option option) => option.HelpName is not null;

    private static string Row(Option option)
    {
        var help = Help().Match(option.Description!);
        var inHelp = help.Groups["default"].Value;
        var value = option.HasDefaultValue && option.GetDefaultValue() is string format ? $"`{format}`"
            : option.HelpName!.Split('|').Contains(inHelp) ? $"`{inHelp}`"
            : Markdown(inHelp);
        var names = string.Join(", ", option.Aliases.Prepend($"{option.Name} {Escape(option.HelpName!)}").Select(name => $"`{name}`"));
        return $"| {names} | {Markdown(Escape(help.Groups["effect"].Value))} | {value} |";
    }

    /// <summary>A table cell ends at a bar, in code too.</summary>
    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Sets file patterns, paths, variables, flags, and text in single quotes as code.</summary>
    private static string Markdown(string text) => CodeWord().Replace(text, match => $"`{match.Value.Trim('\'')}`");

    [GeneratedRegex(@"^(?<effect>.*?)( \[default: (?<default>[^\]]*)\])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Help();

    [GeneratedRegex(@"'[^']{2,}'|\$[A-Z]+|~[\w./-]+|--[a-z-]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeWord();
}
