using System.Collections.Concurrent;
using System.Net.Security;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Two processes behind a Service, under load: a rollout replaces them one by one, or the kernel kills one.</summary>
[Trait("Speed", "RealTime")]
public sealed class RollingRestartTests : IAsyncDisposable
{
    private const string Host = "sts-webhook.infra.svc";
    private const int Clients = 6;

    private readonly MountedSecret mount = new();
    private readonly CertificateAuthority authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
    private readonly ConcurrentQueue<string> failures = new();
    private readonly Queue<BareWebhook> running = [];
    private int answers;

    public async ValueTask DisposeAsync()
    {
        foreach (var webhook in running)
        {
            await webhook.DisposeAsync();
        }

        mount.Dispose();
    }

    [Fact]
    public async Task EachReplicaReplaced_KeepAliveClients_NoRequestFails()
    {
        await using var balancer = new Balancer();
        using var end = new CancellationTokenSource();
        var clients = await LoadTwoReplicasAsync(balancer, end.Token);

        for (var i = 0; i < 4; i++)
        {
            // maxUnavailable: 0, maxSurge: 1
            running.Enqueue(await StartAsync(balancer));
            await Eventually.HoldsAsync("three that are ready", () => balancer.Ready == 3);
            await using var old = running.Dequeue();
            await old.Process.TerminateAsync();
            Assert.Equal(0, await old.Process.ExitCodeAsync());
            await Eventually.HoldsAsync("two that are ready", () => balancer.Ready == 2);
        }

        await end.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Empty(failures);
        Assert.True(answers > 2000, $"only {answers} requests");
        TestContext.Current.TestOutputHelper?.WriteLine($"{answers} requests, no failure");
    }

    [Fact]
    public async Task OneReplicaKilled_OnlyWhatItHadFails()
    {
        await using var balancer = new Balancer();
        using var end = new CancellationTokenSource();
        var clients = await LoadTwoReplicasAsync(balancer, end.Token);
        Assert.Empty(failures);

        await using (var killed = running.Dequeue())
        {
            await killed.Process.KillAsync();
        }

        // Requests already sent to a stopped replica fail, until the balancer sends no more there.
        await Eventually.HoldsAsync("500 requests without a failure", async () =>
        {
            var (failed, answered) = (failures.Count, Volatile.Read(ref answers));
            await Eventually.HoldsAsync("more load", () => Volatile.Read(ref answers) > answered + 500);
            return failures.Count == failed;
        });
        Assert.InRange(failures.Count, 0, 50);
        running.Enqueue(await StartAsync(balancer));
        await Eventually.HoldsAsync("two that are ready", () => balancer.Ready == 2);
        await end.CancelAsync();
        await Task.WhenAll(clients);

        TestContext.Current.TestOutputHelper?.WriteLine($"{answers} requests, {failures.Count} failed");
    }

    /// <summary>Starts two, waits until they are ready, and has all clients send to them.</summary>
    private async Task<Task[]> LoadTwoReplicasAsync(Balancer balancer, CancellationToken end)
    {
        mount.Swap(authority.Issue([Host], TimeProvider.System.GetUtcNow()));
        running.Enqueue(await StartAsync(balancer));
        running.Enqueue(await StartAsync(balancer));
        await Eventually.HoldsAsync("two that are ready", () => balancer.Ready == 2);
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => PostAsync(balancer.Port, end))).ToArray();
        await Eventually.HoldsAsync("some load", () => Volatile.Read(ref answers) > 500);
        return clients;
    }

    private async Task<BareWebhook> StartAsync(Balancer balancer)
    {
        var webhook = await BareWebhook.StartAsync(
            ["--cluster", "none", "--nodes", Recordings.Nodes, "--tls", "files", "--tls-dir", mount.Folder],
            ("STS_WEBHOOK__SHUTDOWN_DELAY", "2"));
        balancer.Add(webhook.HttpsPort, webhook.ManagementPort);
        return webhook;
    }

    /// <summary>One client, with a pool of keep-alive connections as the API server has it. It never tries twice.</summary>
    private async Task PostAsync(int port, CancellationToken end)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = RawConnection.Trusting(authority.Certificate) },
        });
        http.DefaultRequestHeaders.Host = Host;
        var review = Recordings.Bytes(Recordings.Sound);
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var content = new ByteArrayContent(review);
                content.Headers.ContentType = new("application/json");
                using var response = await http.PostAsync(new Uri($"https://127.0.0.1:{port}/mutate"), content, CancellationToken.None);
                response.EnsureSuccessStatusCode();
                Interlocked.Increment(ref answers);
                await Task.Delay(1, CancellationToken.None);
            }
            catch (Exception e)
            {
                failures.Enqueue(e.ToString());
            }
        }
    }
}
