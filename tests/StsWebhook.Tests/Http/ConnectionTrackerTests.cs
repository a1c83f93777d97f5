using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using StsWebhook.Http;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class ConnectionTrackerTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ServerMetrics metrics = new(byNamespace: false);
    private readonly ConnectionTracker tracker;

    public ConnectionTrackerTests() => tracker = new ConnectionTracker("admission", limit: 4, metrics, time);

    [Fact]
    public async Task Limit_Reached_ClosesTheOldestUnprovenOne()
    {
        var proven = Open("10.0.0.1");
        proven.Tracked.Prove();
        var unproven = Open("10.0.0.2");
        Open("10.0.0.3");
        Open("10.0.0.4");

        var next = Open("10.0.0.5");

        await unproven.ClosedAsync();
        Assert.False(proven.IsClosed);
        Assert.False(next.IsClosed);
        Assert.Equal(1, await CountAsync("reason=evicted"));
    }

    [Fact]
    public async Task Limit_Reached_TheAddressWithTheMostUnprovenOnesLosesOne()
    {
        var one = Open("10.0.0.1");
        var many = Open("10.0.0.2");
        Open("10.0.0.2");
        Open("10.0.0.2");

        Open("10.0.0.3");

        await many.ClosedAsync();
        Assert.False(one.IsClosed);
    }

    [Fact]
    public async Task Limit_AllProven_ClosesTheLeastUsedIdleOneOfTheAddressWithTheMost()
    {
        var busy = Open("10.0.0.2");
        busy.Tracked.StartRequest(time.GetTimestamp());
        var old = Open("10.0.0.1");
        var used = Open("10.0.0.2");
        var idle = Open("10.0.0.2");
        foreach (var connection in new[] { old, used, idle, busy })
        {
            connection.Tracked.Prove();
        }

        time.Advance(TimeSpan.FromSeconds(1));
        used.Tracked.EndRequest(time.GetTimestamp());

        Open("10.0.0.3");

        await idle.ClosedAsync();
        Assert.False(old.IsClosed);
        Assert.False(used.IsClosed);
        Assert.False(busy.IsClosed);
    }

    [Fact]
    public async Task Limit_AllInRequestOfOneAddress_AnotherAddressGetsIn()
    {
        var first = Enumerable.Range(0, 4).Select(_ => Open("10.0.0.2")).ToArray();
        foreach (var connection in first)
        {
            connection.Tracked.StartRequest(time.GetTimestamp());
        }

        var sameAddress = Open("10.0.0.2");
        var other = Open("10.0.0.1");

        await first[0].ClosedAsync();
        await sameAddress.ClosedAsync();
        Assert.False(other.IsClosed);
        Assert.Equal(1, await CountAsync("reason=refused"));
        Assert.Equal(1, await CountAsync("reason=evicted"));
    }

    [Fact]
    public async Task Connection_Ended_MakesRoom()
    {
        var connections = Enumerable.Range(0, 4).Select(_ => Open("10.0.0.1")).ToArray();

        await connections[0].EndAsync();
        Open("10.0.0.1");

        Assert.DoesNotContain(connections, connection => connection.IsClosed);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Limit_ManyThreads_NeverHoldsMoreThanTheLimit()
    {
        var all = new TrackedPeer[2000];
        await Parallel.ForAsync(0, all.Length, (i, _) =>
        {
            all[i] = Open($"10.0.0.{i % 7}");
            return ValueTask.CompletedTask;
        });

        await Eventually.HoldsAsync("the end of the others", () => all.Count(peer => !peer.IsClosed) == 4);
        Assert.Equal(all.Length - 4, await CountAsync("reason=evicted"));
    }

    private TrackedPeer Open(string address)
    {
        var context = new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) };
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new TrackedPeer(context, end, tracker.HandleAsync(context, _ => end.Task));
    }

    private async Task<double> CountAsync(params string[] labels)
    {
        using var page = new MemoryStream();
        await metrics.WriteAsync(page, ExpositionFormat.PrometheusText, TestContext.Current.CancellationToken);
        return MetricsPage.Parse(Encoding.UTF8.GetString(page.ToArray())).Sum("sts_webhook_closed_connections_total", labels);
    }

    private sealed record TrackedPeer(ConnectionContext Context, TaskCompletionSource End, Task Handling)
    {
        public TrackedConnection Tracked => Context.Features.Get<TrackedConnection>()!;

        public bool IsClosed => Context.ConnectionClosed.IsCancellationRequested;

        public Task ClosedAsync() => Eventually.HoldsAsync("the end of a connection", () => IsClosed);

        public Task EndAsync()
        {
            End.SetResult();
            return Handling;
        }
    }
}
