using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace StsWebhook.Clients.Tests.Clients;

/// <summary>A proxy on loopback that records the requested hosts and refuses every connection.</summary>
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

    /// <summary>The address for HTTP_PROXY and HTTPS_PROXY.</summary>
    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>The requested hosts, each once, in the order of their first request.</summary>
    public IReadOnlyList<string> Hosts => [.. hosts.Distinct(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await served;
        listener.Dispose();
        stopping.Dispose();
    }

    /// <summary>Serves connections in parallel: a silent connection must not block another one.</summary>
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
            // Every client has exited by now.
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
                // Up to the end of the request's header.
            }

            if (first?.Split(' ') is [var method, var target, ..])
            {
                hosts.Enqueue(new Uri(method == "CONNECT" ? $"https://{target}" : target).Host);
            }

            await stream.WriteAsync(Refusal);
        }
        catch (IOException)
        {
            // The client has closed the connection; its host is recorded.
        }
    }
}
