using System.Diagnostics;
using System.Net;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The time between the signal and the end.</summary>
public sealed class GracefulShutdownTests
{
    [Fact]
    public async Task Terminate_WithADelay_IsNotReadyAndServesOnAndLetsClientsGo()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "3"));
        var body = Recordings.Bytes(Recordings.Sound);
        await using var kept = await serving.Client.ConnectAsync();
        Assert.False((await kept.PostAsync("/mutate", body)).Headers.ContainsKey("Connection"));
        var started = Stopwatch.GetTimestamp();

        await serving.Process.TerminateAsync();

        await Eventually.HoldsAsync("503", async () =>
            await serving.Client.ManageAsync(HttpMethod.Get, "/readyz") is { Status: HttpStatusCode.ServiceUnavailable } answer
            && answer.Text == "shutting down\n");
        Assert.Equal(HttpStatusCode.OK, (await serving.Client.ManageAsync(HttpMethod.Get, "/livez")).Status);
        var last = await kept.PostAsync("/mutate", body);
        Assert.NotNull(last.Patch);
        Assert.Equal("close", last.Headers["Connection"]);
        await using (var late = await serving.Client.ConnectAsync())
        {
            Assert.NotNull((await late.PostAsync("/mutate", body)).Patch);
        }

        Assert.Equal(0, await serving.Process.ExitCodeAsync());
        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(2.5));
        Assert.Empty(serving.Process.Error);
    }

    [Fact]
    public async Task Terminate_Twice_EndsAtOnce()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "600"));

        await serving.Process.TerminateAsync();
        await Eventually.HoldsAsync("503", async () =>
            (await serving.Client.ManageAsync(HttpMethod.Get, "/readyz")).Status == HttpStatusCode.ServiceUnavailable);
        await serving.Process.TerminateAsync();

        // 128 and the number of the signal, as for every process that a signal ends.
        Assert.Equal(143, await serving.Process.ExitCodeAsync());
    }

    [Fact]
    public async Task Interrupt_AtATerminal_DoesNotWait()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "600"));

        await serving.Process.InterruptAsync();

        Assert.Equal(0, await serving.Process.ExitCodeAsync());
    }
}
