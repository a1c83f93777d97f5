using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Clients that take their time, by accident or not.</summary>
[Trait("Speed", "RealTime")]
public sealed class SlowClientTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Handshake_NeverBegunOrHalf_IsGivenUp()
    {
        await using var serving = await ServingProcess.StartAsync();

        var answers = await Task.WhenAll(
            PlainConnection.AskAsync(serving.Client.HttpsPort, ReadOnlyMemory<byte>.Empty),
            PlainConnection.AskAsync(serving.Client.HttpsPort, ClientHello.Half));

        Assert.All(answers, answer => Assert.DoesNotContain("HTTP", Encoding.ASCII.GetString(answer), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_OneByteASecond_AreGivenUp()
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var connection = await serving.Client.ConnectAsync();
        var sent = 0;
        var started = Stopwatch.GetTimestamp();

        var answer = connection.TryReceiveAsync();
        while (!answer.IsCompleted && sent < 30)
        {
            await TrySendAsync(connection, "POST /mutate?timeout=10s HTTP/1.1\r\n"[sent++..sent]);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        Assert.True((await answer) is null or { Status: HttpStatusCode.RequestTimeout }, "an answer to half a request");
        Assert.InRange(sent, 3, 29);
        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Body_Of64MiBAtOneKilobyteASecond_IsRefusedAtOnce()
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var connection = await serving.Client.ConnectAsync();

        await connection.SendAsync(Head($"Content-Length: {64 * Mebibyte}"));

        // Before a single byte of it.
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await connection.ReceiveAsync()).Status);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "400\r\n", "\r\n")]
    [InlineData("Content-Length: 7000000", "", "")]
    public async Task Body_OneKilobyteASecond_IsGivenUp(string header, string before, string after)
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var connection = await serving.Client.ConnectAsync();
        var kilobyte = before + new string(' ', 1024) + after;
        var sent = 0;

        await connection.SendAsync(Head(header));
        var answer = connection.TryReceiveAsync();
        while (!answer.IsCompleted && sent++ < 30)
        {
            await TrySendAsync(connection, kilobyte);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        Assert.Equal(HttpStatusCode.RequestTimeout, (await answer)?.Status);
        Assert.InRange(sent, 3, 29);
    }

    [Fact]
    public async Task Body_FastEnoughButLongerThanTheApiServerWaits_IsGivenUp()
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var connection = await serving.Client.ConnectAsync();
        var part = new string(' ', 50_000);
        var started = Stopwatch.GetTimestamp();

        await connection.SendAsync(Head($"Content-Length: {7 * Mebibyte}", "?timeout=2s"));
        var answer = connection.TryReceiveAsync();
        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            await TrySendAsync(connection, part);
            await Task.WhenAny(answer, Task.Delay(250, TestContext.Current.CancellationToken));
        }

        Assert.Equal(HttpStatusCode.RequestTimeout, (await answer)?.Status);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "longer than 2 s, on any machine");
    }

    [Fact]
    public async Task LargeBodies_SlowAndMany_OthersAreTurnedAwayInTimeAndPodsGoOn()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__REVIEW_MEMORY", "8"));
        await using var slow = await serving.Client.ConnectAsync();
        await slow.SendAsync(Head("Content-Length: 300000", "?timeout=30s"));
        await slow.SendAsync(new string(' ', 1024));
        var (path, body) = HostileBodies.Make(3, 300_000);
        await using var large = await serving.Client.ConnectAsync();
        var started = Stopwatch.GetTimestamp();

        var refused = large.PostAsync(path + "?timeout=2s", body);
        Assert.NotNull((await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        Assert.False(refused.IsCompleted);
        var answer = await refused;

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("1", answer.Headers["Retry-After"]);
        Assert.Equal("too many concurrent reviews: increase the memory limit or the number of replicas\n", answer.Text);
        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(0.9));
        Assert.Equal(1, (await serving.Client.MetricsAsync()).Sum("sts_webhook_admission_overloads_total", "webhook=mutate"));

        // Once the slow one has been given up, there is room again.
        Assert.Equal(HttpStatusCode.RequestTimeout, (await slow.ReceiveAsync()).Status);
        await using var next = await serving.Client.ConnectAsync();
        Assert.Equal(HttpStatusCode.OK, (await next.PostAsync(path + "?timeout=10s", body)).Status);
    }

    private static string Head(string header, string query = "") =>
        $"POST /mutate{query} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}\r\n\r\n";

    private static async Task TrySendAsync(RawConnection connection, string text)
    {
        try
        {
            await connection.SendAsync(text);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server has closed the connection: the response shows why.
        }
    }
}
