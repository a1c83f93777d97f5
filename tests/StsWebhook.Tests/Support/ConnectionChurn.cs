using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StsWebhook.Tests.Support;

/// <summary>Opens connections that end in every possible way.</summary>
/// <param name="port">The admission port.</param>
/// <param name="connect">Connects to it over TLS.</param>
internal sealed class ConnectionChurn(int port, Func<Task<RawConnection>> connect)
{
    /// <summary>Number of kinds of connections.</summary>
    public const int Sorts = 8;

    private readonly byte[] review = Recordings.Bytes(Recordings.Sound);

    /// <summary>Opens connections of each kind, several at a time.</summary>
    /// <exception cref="InvalidOperationException">A complete review was not answered.</exception>
    public Task RunAsync(int ofEach) => Parallel.ForAsync(
        0, ofEach, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await OneOfEachAsync());

    private async Task OneOfEachAsync()
    {
        foreach (var sort in new Func<Task>[] { PlainAsync, HalfHandshakeAsync, ResetHandshakeAsync, NoRequestAsync, HalfRequestAsync, HalfBodyAsync, UnreadAsync })
        {
            try
            {
                await sort();
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // On a busy machine the server may time out first, which also ends the connection.
            }
        }

        await using var whole = await connect();
        if ((await whole.PostAsync("/mutate?timeout=10s", review)).Patch is null)
        {
            throw new InvalidOperationException("a review that came whole was not answered");
        }
    }

    private async Task PlainAsync()
    {
        using var silent = await ConnectAsync();
    }

    private async Task HalfHandshakeAsync()
    {
        using var half = await ConnectAsync();
        await half.SendAsync(ClientHello.Half);
    }

    private async Task ResetHandshakeAsync()
    {
        using var half = await ConnectAsync();
        await half.SendAsync(ClientHello.Half);
        half.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private async Task NoRequestAsync()
    {
        await using var silent = await connect();
    }

    private async Task HalfRequestAsync()
    {
        await using var half = await connect();
        await half.SendAsync("POST /mutate HTTP/1.1\r\nHost: local");
    }

    private async Task HalfBodyAsync()
    {
        await using var half = await connect();
        await half.SendAsync([.. Head(), .. review[..(review.Length / 2)]]);
        half.Reset();
    }

    private async Task UnreadAsync()
    {
        await using var unread = await connect();
        await unread.SendAsync([.. Head(), .. review]);
        unread.Reset();
    }

    private byte[] Head() => Encoding.ASCII.GetBytes(
        $"POST /mutate?timeout=10s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {review.Length}\r\n\r\n");

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }
}
