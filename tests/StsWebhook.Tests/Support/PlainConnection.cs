using System.Net;
using System.Net.Sockets;

namespace StsWebhook.Tests.Support;

/// <summary>Sends bytes to a port without TLS, and reads until the connection ends.</summary>
internal static class PlainConnection
{
    public static async Task<byte[]> AskAsync(int port, ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(bytes, patience.Token);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // A reset also ends the connection.
        }

        return answer.ToArray();
    }
}
