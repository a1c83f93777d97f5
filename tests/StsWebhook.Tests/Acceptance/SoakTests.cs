using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>
/// Everything at once: reviews, connections of every sort, new certificates, nodes that come and go, an API server that
/// does too. Seconds here; <c>make soak</c> makes it longer.
/// </summary>
[Trait("Speed", "RealTime")]
public sealed class SoakTests : IDisposable
{
    private const string Host = "sts-webhook.infra.svc";
    private const int Reports = 12;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(int.Parse(
        Environment.GetEnvironmentVariable("STS_WEBHOOK_SOAK_SECONDS") ?? "6", CultureInfo.InvariantCulture));

    private readonly MountedSecret mount = new();
    private readonly CertificateAuthority authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
    private readonly ConcurrentQueue<string> errors = new();
    private readonly CancellationTokenSource end = new();
    private int reviews;
    private int connections;
    private int rotations;
    private int nodeChanges;

    public void Dispose()
    {
        end.Dispose();
        mount.Dispose();
    }

    [Fact]
    public async Task Everything_AtOnce_LeavesNothingBehind()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed(Enumerable.Range(0, 50).Select(i => StubCluster.Node($"node-{i}", i % 2 == 0 ? "us-east-2" : "eu-west-1")));
        server.Cluster.PutConfigMap(ClusterReview.Namespace, "settings", new JsonObject { ["LEVEL"] = "debug" });
        mount.Swap(authority.Issue([Host], TimeProvider.System.GetUtcNow()));
        await using var webhook = await BareWebhook.StartAsync(
            ["--kubeconfig", server.Kubeconfig, "--tls", "files", "--tls-dir", mount.Folder]);
        await webhook.ReadyAsync();
        var churn = new ConnectionChurn(webhook.HttpsPort, () => ConnectAsync(webhook));
        await churn.RunAsync(10);
        await webhook.GetAsync("/livez");
        var files = webhook.Process.OpenFiles();
        Tell(webhook, TimeSpan.Zero);

        Task[] all =
        [
            RepeatAsync(() => ReviewAsync(webhook)),
            RepeatAsync(() => ReviewAsync(webhook)),
            RepeatAsync(async () =>
            {
                await churn.RunAsync(4);
                connections += 4 * ConnectionChurn.Sorts;
            }),
            RepeatAsync(RotateAsync),
            RepeatAsync(() => ChangeNodesAsync(server.Cluster)),
            RepeatAsync(() => ComeAndGoAsync(server)),
        ];
        var (started, early) = (Stopwatch.GetTimestamp(), 0L);
        for (var i = 1; i <= Reports; i++)
        {
            await Task.Delay(Duration / Reports, TestContext.Current.CancellationToken);
            Tell(webhook, Stopwatch.GetElapsedTime(started));
            early = i <= Reports / 4 ? webhook.Process.Memory() : early;
        }

        var late = webhook.Process.Memory();
        await end.CancelAsync();
        await Task.WhenAll(all);

        Assert.True(errors.IsEmpty, string.Join('\n', errors.Take(10)));
        Assert.DoesNotContain(webhook.Process.Output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
        await Eventually.HoldsAsync("no more files than before", () => webhook.Process.OpenFiles() <= files + 2);

        // What grows without end does so by more than this; what a garbage collector does from one moment to the next is less.
        Assert.True(late < early + (32 * 1024 * 1024), $"{early >> 20} MiB after a quarter, {late >> 20} MiB at the end");
    }

    private void Tell(BareWebhook webhook, TimeSpan elapsed) => TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{elapsed.TotalSeconds,6:F0} s: {webhook.Process.Memory() / 1048576.0:F1} MiB resident, {webhook.Process.OpenFiles()} files; "
        + $"{reviews} reviews, {connections} connections, {rotations} certificates, {nodeChanges} changes of nodes, {errors.Count} errors"));

    private async Task RepeatAsync(Func<Task> step)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await step();
            }
            catch (Exception e)
            {
                errors.Enqueue(e.ToString());
            }
        }
    }

    /// <summary>Some reviews over one connection: a pod that reads a ConfigMap, one of some node, one that is denied.</summary>
    private async Task ReviewAsync(BareWebhook webhook)
    {
        await using var connection = await ConnectAsync(webhook);
        byte[][] bodies =
        [
            ClusterReview.Pod("""{"envFrom":[{"configMapRef":{"name":"settings"}}]}""").Utf8(),
            ClusterReview.PodFor("node-0").Utf8(),
            Recordings.Bytes(Recordings.Global),
        ];
        for (var i = 0; i < 60; i++)
        {
            var answer = await connection.PostAsync("/mutate?timeout=10s", bodies[i % bodies.Length]);
            if (answer.Allowed == (i % bodies.Length == 2))
            {
                errors.Enqueue(answer.Text);
            }

            Interlocked.Increment(ref reviews);
        }
    }

    private async Task RotateAsync()
    {
        mount.Swap(authority.Issue([Host], TimeProvider.System.GetUtcNow()));
        rotations++;
        await Task.Delay(TimeSpan.FromSeconds(2), end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ChangeNodesAsync(StubCluster cluster)
    {
        var name = $"node-{50 + (nodeChanges % 20)}";
        cluster.Put(StubCluster.Node(name, "eu-west-1"));
        cluster.Heartbeat("node-0");
        await Task.Delay(TimeSpan.FromMilliseconds(50), end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cluster.Remove(name);
        nodeChanges += 2;
    }

    private async Task ComeAndGoAsync(StubApiServer server)
    {
        await Task.Delay(Duration / Reports, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.StopAsync();
        server.Cluster.Compact();
        await server.StartAgainAsync();
    }

    private Task<RawConnection> ConnectAsync(BareWebhook webhook) =>
        webhook.ConnectAsync(Host, RawConnection.Trusting(authority.Certificate));
}
