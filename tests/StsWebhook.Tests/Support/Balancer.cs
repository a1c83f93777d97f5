using System.Net;
using System.Net.Sockets;

namespace StsWebhook.Tests.Support;

/// <summary>
/// A Service: forwards connections to ready replicas. As in a cluster it learns late that a replica is not ready any more, and a
/// connection that is open stays where it is.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource end = new();
    private readonly Lock state = new();
    private readonly List<(int Https, int Management)> backends = [];
    private readonly Task accepting;
    private readonly Task probing;
    private int[] ready = [];
    private int next;

    public Balancer()
    {
        listener.Start();
        accepting = AcceptAsync();
        probing = ProbeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Number of ready replicas.</summary>
    public int Ready => ready.Length;

    public void Add(int httpsPort, int managementPort)
    {
        lock (state)
        {
            backends.Add((httpsPort, managementPort));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await Task.WhenAll(accepting, probing);
        http.Dispose();
        end.Dispose();
    }

    private async Task ProbeAsync()
    {
        while (!end.IsCancellationRequested)
        {
            (int Https, int Management)[] all;
            lock (state)
            {
                all = [.. backends];
            }

            var answers = await Task.WhenAll(all.Select(async backend => (backend.Https, IsReady: await IsReadyAsync(backend.Management))));
            ready = [.. answers.Where(a => a.IsReady).Select(a => a.Https)];
            await Task.Delay(Probe, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            using var response = await http.GetAsync($"http://127.0.0.1:{port}/readyz", end.Token);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                _ = ForwardAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var backend = new TcpClient())
        {
            try
            {
                var now = ready;
                await backend.ConnectAsync(IPAddress.Loopback, now[Interlocked.Increment(ref next) % now.Length], end.Token);
                client.NoDelay = backend.NoDelay = true;
                var up = PumpAsync(client, backend);
                var down = PumpAsync(backend, client);
                await Task.WhenAll(up, down);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or IndexOutOfRangeException or DivideByZeroException)
            {
                // The client notices that its connection ends, and counts it.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream(), end.Token);
        to.Client.Shutdown(SocketShutdown.Send);
    }
}
