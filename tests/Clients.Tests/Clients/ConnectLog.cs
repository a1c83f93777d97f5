using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace StsWebhook.Clients.Tests.Clients;

/// <summary>A proxy on loopback that notes which hosts it is asked for, and lets nobody through.</summary>
internal sealed class ConnectLog : IAsyncDisposable
{
    private static readonly byte[] Refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

    private readonly ConcurrentQueue<string> hosts = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task served;

    public ConnectLog()
    {
        listener.Start();
        served = ServeAsync();
    }

    /// <summary>For HTTP_PROXY and HTTPS_PROXY.</summary>
    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>The hosts, each once, in the order in which they were first asked for.</summary>
    public IReadOnlyList<string> Hosts => [.. hosts.Distinct(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await served;
        listener.Dispose();
        stopping.Dispose();
    }

    /// <summary>Serves connections side by side: one that says nothing must not keep another waiting.</summary>
    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await listener.AcceptSocketAsync(stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // Every client has ended before.
        }

        await Task.WhenAll(answers);
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream);
            var first = await reader.ReadLineAsync();
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // To the end of the head.
            }

            if (first?.Split(' ') is [var method, var target, ..])
            {
                hosts.Enqueue(new Uri(method == "CONNECT" ? $"https://{target}" : target).Host);
            }

            await stream.WriteAsync(Refusal);
        }
        catch (IOException)
        {
            // The client has gone; what it asked for is noted.
        }
    }
}
