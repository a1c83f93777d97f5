using System.CommandLine;
using StsWebhook.Commands;
using StsWebhook.Output;
using StsWebhook.Settings;
using Xunit;

namespace StsWebhook.Tests.Commands;

public sealed class CommandDefinitionTests
{
    [Theory]
    [InlineData(ExitCode.Success)]
    [InlineData(ExitCode.Found)]
    public async Task Build_Result_IsTheExitCode(object exitCode) =>
        Assert.Equal(((int)(ExitCode)exitCode, string.Empty), await RunAsync(() => (ExitCode)exitCode));

    [Fact]
    public async Task Build_ConfigurationException_IsOneLineAndUnusable() =>
        Assert.Equal((2, "sts-webhook: a: b c\n"), await RunAsync(() => throw new ConfigurationException("a: b\nc")));

    [Theory]
    [InlineData("check", "--region", "region")]
    [InlineData("check", "--nodes", "nodes")]
    [InlineData("check", "--enforce", "policy.enforce")]
    [InlineData("audit", "--region", "region")]
    [InlineData("audit", "--kubeconfig", "kubeconfig")]
    public void SettingOption_HasTheHelpOfTheTable(string command, string flag, string key)
    {
        var option = Root.Create().Subcommands.Single(c => c.Name == command).Options.Single(o => o.Name == flag);

        Assert.Equal(SettingKeys.Find(key).FlagHelp, option.Description);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(Func<ExitCode> run)
    {
        using var error = new StringWriter { NewLine = "\n" };
        var command = new CommandDefinition("test", "A test.", (_, _) => Task.FromResult(run())).Build();
        var exitCode = await command.Parse([]).InvokeAsync(
            new InvocationConfiguration { Error = error }, TestContext.Current.CancellationToken);
        return (exitCode, error.ToString());
    }
}
