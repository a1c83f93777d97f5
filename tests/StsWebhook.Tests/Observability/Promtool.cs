using System.Diagnostics;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Observability;

/// <summary>Prometheus's own judge of pages and rules.</summary>
internal static class Promtool
{
    /// <summary>Runs promtool and returns its output.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string[] arguments, string input = "")
    {
        var binary = Repository.Tool("promtool");
        Assert.SkipWhen(binary is null, "promtool is not here: .ci/install-prometheus fetches it");
        using var promtool = Process.Start(new ProcessStartInfo(binary, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        var said = await output + await error;
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (promtool.ExitCode, said);
    }
}
