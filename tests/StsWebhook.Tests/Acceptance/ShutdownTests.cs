using System.Net;
using System.Text;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The kubelet ends the pod.</summary>
[Trait("Speed", "RealTime")]
public sealed class ShutdownTests
{
    [Fact]
    public async Task Terminate_Idle_EndsWithSuccess()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "0"));
        await using var idle = await serving.Client.ConnectAsync();
        Assert.NotNull((await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);

        await serving.Process.TerminateAsync();

        Assert.Equal(0, await serving.Process.ExitCodeAsync());
        Assert.Empty(serving.Process.Error);
        Assert.DoesNotContain(serving.Process.Output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminate_RequestUnderWay_IsAnsweredFirst()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "0"));
        await using var connection = await serving.Client.ConnectAsync();
        var body = Recordings.Bytes(Recordings.Sound);
        await connection.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"));
        Assert.Equal(HttpStatusCode.Continue, (await connection.ReceiveAsync()).Status);
        await connection.SendAsync(body[..(body.Length / 2)]);

        await serving.Process.TerminateAsync();

        // Longer than a command-line parser's usual patience with signals, shorter than Kestrel's with slow bodies.
        for (var i = 0; i < 6; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
            Assert.False(serving.Process.HasExited);
            await connection.SendAsync(body[((body.Length / 2) + (i * 200))..((body.Length / 2) + ((i + 1) * 200))]);
        }

        await connection.SendAsync(body[((body.Length / 2) + 1200)..]);
        Assert.NotNull((await connection.ReceiveAsync()).Patch);
        Assert.Equal(0, await serving.Process.ExitCodeAsync());
    }

    [Fact]
    public async Task Terminate_NewConnection_IsRefused()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "0"));

        await serving.Process.TerminateAsync();
        await serving.Process.ExitCodeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => serving.Client.ManageAsync(HttpMethod.Get, "/readyz"));
    }
}
