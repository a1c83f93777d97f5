using System.Net;
using System.Net.Sockets;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Connections in numbers: idle ones, more than there is room for, and ones that come and go.</summary>
[Trait("Speed", "RealTime")]
public sealed class ManyConnectionsTests
{
    [Fact]
    public async Task Idle_2000_OthersAreAnsweredAndNothingStaysOpen()
    {
        await using var serving = await ServingProcess.StartAsync();
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));
        await serving.Client.ManageAsync(HttpMethod.Get, "/livez");
        var (files, memory) = (serving.Process.OpenFiles(), serving.Process.Memory());
        var idle = new RawConnection[2000];
        await Parallel.ForAsync(0, idle.Length, async (i, _) => idle[i] = await serving.Client.ConnectAsync());

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

    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
}
