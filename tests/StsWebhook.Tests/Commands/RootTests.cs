using System.CommandLine;
using StsWebhook.Commands;
using StsWebhook.Settings;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Commands;

public sealed class RootTests
{
    [Fact]
    public void Create_Serve_HasAFlagForEverySettingThatNamesOne()
    {
        var serve = Root.Create().Subcommands.Single(command => command.Name == "serve");

        Assert.Equal(
            SettingKeys.All.Where(key => key is { Flag: not null, IsServeFlag: true }).Select(key => key.Flag!).Append("--config").Order(StringComparer.Ordinal),
            serve.Options.Select(option => option.Name).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.All(serve.Options, option => Assert.NotEmpty(option.Description!));
        Assert.All(serve.Options, option => Assert.NotEmpty(option.HelpName!));
    }

    [Fact]
    public async Task Version_IsTheBuilds()
    {
        using var output = new StringWriter();

        var exitCode = await Root.Create().Parse("--version").InvokeAsync(
            new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Equal($"sts-webhook {BuildInfo.Version} (commit {BuildInfo.Commit})\n", output.ToString());
    }

    [Theory]
    [InlineData("serve --bogus", "sts-webhook: Unrecognized command or argument '--bogus': see sts-webhook --help\n")]
    [InlineData("", "sts-webhook: Required command was not provided: see sts-webhook --help\n")]
    public void UsageError_IsReportedInOneLine(string commandLine, string expected)
    {
        using var error = new StringWriter();
        var parsed = Root.Create().Parse(commandLine);
        parsed.InvocationConfiguration.Error = error;

        Assert.Equal(2, UsageError.Report(parsed));
        Assert.Equal(expected, error.ToString());
    }
}
