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
    public async Task Body_Of64MiBThatDoesNotArrive_IsGivenUp()
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var connection = await serving.Client.ConnectAsync();

        await connection.SendAsync(Head($"Content-Length: {64 * Mebibyte}"));

        Assert.Equal(HttpStatusCode.RequestTimeout, (await connection.ReceiveAsync()).Status);
    }

    [Fact]
    public async Task Body_OneKilobyteASecond_IsGivenUp()
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var connection = await serving.Client.ConnectAsync();
        var kilobyte = new string(' ', 1024);
        var sent = 0;

        await connection.SendAsync(Head("Content-Length: 7000000"));
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
    public async Task LargeBody_SlowWhileAnotherWaits_LosesItsMemory()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__REVIEW_MEMORY", "8"));
        await using var slow = await serving.Client.ConnectAsync();
        await slow.SendAsync(Head("Content-Length: 300000", "?timeout=30s"));
        await slow.SendAsync(new string(' ', 1024));
        var (path, body) = HostileBodies.Make(3, 300_000);
        await using var large = await serving.Client.ConnectAsync();

        var waiting = large.PostAsync(path + "?timeout=20s", body);
        Assert.NotNull((await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);

        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
        Assert.Equal(HttpStatusCode.RequestTimeout, (await slow.ReceiveAsync()).Status);
    }

    [Fact]
    public async Task LargeBodies_SlowAndManyFromOneAddress_ReviewsOfOthersAreAnswered()
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__REVIEW_MEMORY", "8"));
        using var end = new CancellationTokenSource();
        var attackers = Enumerable.Range(0, 8).Select(_ => SendSlowlyAsync(serving.Client, end.Token)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        try
        {
            foreach (var length in new[] { 20_000, 60_000, 300_000, 20_000, 60_000, 300_000 })
            {
                var (path, body) = HostileBodies.Make(3, length);
                await using var connection = await serving.Client.ConnectAsync();
                Assert.Equal(HttpStatusCode.OK, (await connection.PostAsync(path + "?timeout=10s", body)).Status);
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(attackers);
        }
    }

    /// <summary>Announces a large body, sends nearly nothing, and begins again when the server gives up.</summary>
    private static async Task SendSlowlyAsync(WebhookClient client, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await client.ConnectAsync(IPAddress.Parse("127.0.0.2"));
                await connection.SendAsync(Head("Content-Length: 300000", "?timeout=30s"));
                while (!end.IsCancellationRequested)
                {
                    await connection.SendAsync(" ");
                    await Task.Delay(100, CancellationToken.None);
                }
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // Given up: the next connection.
            }
        }
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
