using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StsWebhook.Tests.Support;

/// <summary>Connections that come and go in every way in which a connection ends.</summary>
/// <param name="port">The admission port.</param>
/// <param name="connect">Connects to it over TLS.</param>
internal sealed class ConnectionChurn(int port, Func<Task<RawConnection>> connect)
{
    /// <summary>How many sorts there are.</summary>
    public const int Sorts = 8;

    private readonly byte[] review = Recordings.Bytes(Recordings.Sound);

    /// <summary>So many of each sort, some at a time.</summary>
    /// <exception cref="InvalidOperationException">A review that came whole was not answered.</exception>
    public Task RunAsync(int ofEach) => Parallel.ForAsync(
        0, ofEach, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await OneOfEachAsync());

    private async Task OneOfEachAsync()
    {
        using (var plain = await ConnectAsync())
        {
            // Nothing is said at all.
        }

        using (var half = await ConnectAsync())
        {
            await half.SendAsync(ClientHello.Half);
        }

        using (var reset = await ConnectAsync())
        {
            await reset.SendAsync(ClientHello.Half);
            reset.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await using (await connect())
        {
            // A handshake, and no request.
        }

        await using (var halfRequest = await connect())
        {
            await halfRequest.SendAsync("POST /mutate HTTP/1.1\r\nHost: local");
        }

        await using (var halfBody = await connect())
        {
            await halfBody.SendAsync([.. Head(), .. review[..(review.Length / 2)]]);
            halfBody.Reset();
        }

        await using (var unread = await connect())
        {
            await unread.SendAsync([.. Head(), .. review]);
            unread.Reset();
        }

        await using var whole = await connect();
        if ((await whole.PostAsync("/mutate?timeout=10s", review)).Patch is null)
        {
            throw new InvalidOperationException("a review that came whole was not answered");
        }
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
