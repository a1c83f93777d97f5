using System.Net;
using System.Net.Sockets;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Connections in numbers: idle ones, more than there is room for, and ones that come and go.</summary>
[Trait("Speed", "RealTime")]
public sealed class ManyConnectionsTests
{
    private const string ClosedConnections = "sts_webhook_closed_connections_total";

    [Fact]
    public async Task Idle_2000_OthersAreAnsweredAndNothingStaysOpen()
    {
        await using var serving = await ServingProcess.StartAsync();
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));
        await serving.Client.ManageAsync(HttpMethod.Get, "/livez");
        var (files, memory) = (serving.Process.OpenFiles(), serving.Process.Memory());
        var idle = new RawConnection[2000];
        await Parallel.ForAsync(0, idle.Length, async (i, _) =>
        {
            // A connection without a review would be closed after some seconds.
            idle[i] = await serving.Client.ConnectAsync();
            await idle[i].PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));
        });

        Assert.NotNull((await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        Assert.Equal(HttpStatusCode.OK, (await serving.Client.ManageAsync(HttpMethod.Get, "/livez")).Status);
        Assert.True(serving.Process.OpenFiles() >= files + idle.Length);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{(serving.Process.Memory() - memory) / idle.Length / 1024} KiB a connection");

        foreach (var connection in idle)
        {
            await connection.DisposeAsync();
        }

        await Eventually.HoldsAsync("no more files than before", () => serving.Process.OpenFiles() <= files);
    }

    [Fact]
    public async Task MoreThanThereIsRoomFor_AreTurnedAwayAndProbesGetIn()
    {
        // A container of 64 MiB: 128 connections.
        await using var serving = await ServingProcess.StartAsync(("DOTNET_GCHeapHardLimit", "4000000"));
        var all = new List<Socket>();
        try
        {
            for (var i = 0; i < 300; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, serving.Client.HttpsPort, TestContext.Current.CancellationToken);
                all.Add(socket);
            }

            await Eventually.HoldsAsync("the end of those beyond", () => all.Count(IsClosed) >= 300 - 128);
            Assert.Equal(HttpStatusCode.OK, (await serving.Client.ManageAsync(HttpMethod.Get, "/livez")).Status);
            Assert.Equal(HttpStatusCode.OK, (await serving.Client.ManageAsync(HttpMethod.Get, "/readyz")).Status);
        }
        finally
        {
            all.ForEach(socket => socket.Dispose());
        }

        await Eventually.HoldsAsync("room again", async () =>
        {
            try
            {
                await using var connection = await serving.Client.ConnectAsync();
                return (await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch is not null;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task OfEachSort_ByTheHundred_NothingStaysOpen()
    {
        await using var serving = await ServingProcess.StartAsync();
        var churn = new ConnectionChurn(serving.Client.HttpsPort, () => serving.Client.ConnectAsync());
        await churn.RunAsync(20);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var files = serving.Process.OpenFiles();

        await churn.RunAsync(400);

        await Eventually.HoldsAsync("no more files than before", () => serving.Process.OpenFiles() <= files);
        Assert.NotNull((await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        Assert.DoesNotContain(serving.Process.Output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Idle_1000OnEachPort_ProbesAndReviewsAreAnswered()
    {
        // A container of 64 MiB: 128 connections on each port.
        await using var serving = await ServingProcess.StartAsync(("DOTNET_GCHeapHardLimit", "4000000"));
        var idle = new List<Socket>();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                idle.Add(await HoldAsync(serving.Client.HttpsPort));
                idle.Add(await HoldAsync(serving.Client.ManagementPort));
            }

            foreach (var path in new[] { "/livez", "/readyz", "/metrics" })
            {
                using var http = new HttpClient();
                using var answer = await http.GetAsync(
                    $"http://127.0.0.1:{serving.Client.ManagementPort}{path}", TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            await using var connection = await serving.Client.ConnectAsync();
            Assert.NotNull((await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
            var page = await serving.Client.MetricsAsync();
            Assert.True(page.Sum(ClosedConnections, "port=admission", "reason=evicted") > 500);
            Assert.True(page.Sum(ClosedConnections, "port=management", "reason=evicted") > 500);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task IdleTls_MoreThanTheLimit_ReviewsOnNewConnectionsAreAnswered()
    {
        await using var serving = await ServingProcess.StartAsync(("DOTNET_GCHeapHardLimit", "4000000"));
        var idle = new List<RawConnection>();
        try
        {
            await using var pooled = await serving.Client.ConnectAsync();
            Assert.NotNull((await pooled.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
            for (var i = 0; i < 140; i++)
            {
                idle.Add(await serving.Client.ConnectAsync());
            }

            for (var i = 0; i < 3; i++)
            {
                await using var connection = await serving.Client.ConnectAsync();
                Assert.NotNull((await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
            }

            // The connection of an API server's pool is not among the closed ones.
            Assert.NotNull((await pooled.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        }
        finally
        {
            foreach (var connection in idle)
            {
                await connection.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Unproven_IsClosedWithinSeconds_ProvenStaysOpen()
    {
        await using var serving = await ServingProcess.StartAsync();
        await using var pooled = await serving.Client.ConnectAsync();
        Assert.NotNull((await pooled.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        await using var unproven = await serving.Client.ConnectAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await unproven.PostAsync("/mutate", "[]"u8.ToArray())).Status);

        // Kestrel's own limit is 120 s. AskAsync waits for the end of the connection for at most 60 s.
        var ends = await Task.WhenAll(
            PlainConnection.AskAsync(serving.Client.ManagementPort, ReadOnlyMemory<byte>.Empty),
            PlainConnection.AskAsync(serving.Client.HttpsPort, ReadOnlyMemory<byte>.Empty));

        Assert.All(ends, Assert.Empty);
        Assert.Null(await unproven.TryReceiveAsync());
        Assert.NotNull((await pooled.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        Assert.True((await serving.Client.MetricsAsync()).Sum(ClosedConnections, "port=management", "reason=idle") > 0);
    }

    private static async Task<Socket> HoldAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return socket;
    }

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
}
