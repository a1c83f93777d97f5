using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace StsWebhook.Tests.Support;

/// <summary>A TLS connection on which a test writes any bytes, unlike an HTTP client.</summary>
public sealed class RawConnection : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly SslStream tls;
    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
    private readonly byte[] one = new byte[1];

    private RawConnection(Socket socket)
    {
        this.socket = socket;
        tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
    }

    public SslProtocols Protocol => tls.SslProtocol;

    /// <summary>The certificate of the server.</summary>
    public X509Certificate2 ServerCertificate => (X509Certificate2)tls.RemoteCertificate!;

    /// <summary>Posts a review, and reads the answer.</summary>
    public async Task<Answer> PostAsync(string path, byte[] body)
    {
        await SendAsync([
            .. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"),
            .. body,
        ]);
        return await ReceiveAsync();
    }

    public static Task<RawConnection> OpenAsync(int port, X509Certificate2 trusted, SslProtocols protocols = SslProtocols.None) =>
        OpenAsync(port, "localhost", Trusting(trusted), protocols);

    /// <summary>Connects from another address of the loopback interface, as another client.</summary>
    public static Task<RawConnection> OpenAsync(int port, X509Certificate2 trusted, IPAddress from) => OpenAsync(
        port, new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = Trusting(trusted) }, from);

    public static Task<RawConnection> OpenAsync(
        int port, string host, X509ChainPolicy policy, SslProtocols protocols = SslProtocols.None) =>
        OpenAsync(port, new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = protocols,
            CertificateChainPolicy = policy,
        });

    public static async Task<RawConnection> OpenAsync(int port, SslClientAuthenticationOptions options, IPAddress? from = null)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Bind(new IPEndPoint(from ?? IPAddress.Any, 0));
        await client.ConnectAsync(IPAddress.Loopback, port);
        var connection = new RawConnection(client);
        try
        {
            await connection.tls.AuthenticateAsClientAsync(options, connection.patience.Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Trusts only this certificate.</summary>
    public static X509ChainPolicy Trusting(X509Certificate2 certificate) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { certificate },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await tls.WriteAsync(bytes, patience.Token);
        await tls.FlushAsync(patience.Token);
    }

    /// <summary>Closes the sending side, and continues to receive.</summary>
    public async Task FinishAsync()
    {
        await tls.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Resets the connection, like the kernel of a crashed client.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Reads one answer; null if the connection ends instead.</summary>
    public async Task<Answer?> TryReceiveAsync()
    {
        try
        {
            return await ReceiveAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads exactly one answer.</summary>
    public async Task<Answer> ReceiveAsync()
    {
        var status = (await LineAsync()).Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string line;
        while ((line = await LineAsync()).Length > 0)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = headers.TryGetValue("Content-Length", out var length)
            ? await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture))
            : headers.ContainsKey("Transfer-Encoding") ? await ChunksAsync() : [];
        return new Answer((HttpStatusCode)int.Parse(status[1], CultureInfo.InvariantCulture), headers, body);
    }

    public async ValueTask DisposeAsync()
    {
        await tls.DisposeAsync();
        socket.Dispose();
        patience.Dispose();
    }

    private async Task<byte[]> ChunksAsync()
    {
        var body = new List<byte>();
        int size;
        do
        {
            size = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(await BytesAsync(size));
            await LineAsync();
        }
        while (size > 0);
        return [.. body];
    }

    private async Task<byte[]> BytesAsync(int count)
    {
        var bytes = new byte[count];
        await tls.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }

    private async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            await tls.ReadExactlyAsync(one, patience.Token);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
