using System.Net;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Cluster;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class SupervisedLoopTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly TestLoop loop;

    public SupervisedLoopTests() => loop = new TestLoop(time);

    public async ValueTask InitializeAsync() => await loop.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await loop.StopAsync(CancellationToken.None);
        loop.Dispose();
    }

    [Fact]
    public async Task RunOnce_Fails_RunsAgainAfterADelayThatGrows()
    {
        await loop.RunAsync(1, () => throw new IOException("first"));
        await WaitsAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        await loop.RunAsync(2, () => throw new IOException("second"));
        await WaitsAsync(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400));
        await loop.RunAsync(3, () => true);

        Assert.Equal(["failed: first"], loop.Lines);
    }

    [Fact]
    public async Task RunOnce_ReturnsFalse_WaitsWithoutALogLine()
    {
        await loop.RunAsync(1, () => false);
        await WaitsAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        await loop.RunAsync(2, () => true);

        Assert.Empty(loop.Lines);
    }

    [Fact]
    public async Task Recover_BetweenFailures_LogsAndWaitsAsAtFirst()
    {
        await loop.RunAsync(1, () => throw new ApiException(HttpStatusCode.Forbidden));
        await WaitsAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        await loop.RunAsync(2, loop.Succeed);
        await loop.RunAsync(3, () => throw new ApiException(HttpStatusCode.Forbidden));
        await WaitsAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
        await loop.RunAsync(4, () => true);

        Assert.Equal(
            ["forbidden: the API server answered 403 Forbidden", "forbidden: the API server answered 403 Forbidden"], loop.Lines);
    }

    [Fact]
    public async Task Stop_WhileItWaits_EndsTheLoop()
    {
        await loop.RunAsync(1, () => throw new IOException("first"));

        await loop.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    /// <summary>Asserts that the loop waits for more than the first duration, and at most for the second.</summary>
    private async Task WaitsAsync(TimeSpan least, TimeSpan most)
    {
        await Eventually.HoldsAsync("the delay", () => loop.Failures == loop.Runs);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        var runs = loop.Runs;
        time.Advance(least - TimeSpan.FromMilliseconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(runs, loop.Runs);
        time.Advance(most - least + TimeSpan.FromMilliseconds(1));
    }

    /// <summary>Runs the iterations that the test hands to it.</summary>
    private sealed class TestLoop(TimeProvider time) : SupervisedLoop(time)
    {
        private readonly SemaphoreSlim entered = new(0);
        private TaskCompletionSource<Func<bool>> next = new();
        private int runs;

        public List<string> Lines { get; } = [];

        public int Runs => Volatile.Read(ref runs);

        public int Failures { get; private set; }

        /// <summary>Waits until the loop begins the iteration of this number, and completes it.</summary>
        public async Task RunAsync(int number, Func<bool> iteration)
        {
            await entered.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(number, Runs);
            var current = next;
            next = new TaskCompletionSource<Func<bool>>();
            current.SetResult(iteration);
        }

        public bool Succeed()
        {
            Recover();
            return true;
        }

        public override void Dispose()
        {
            entered.Dispose();
            base.Dispose();
        }

        protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
        {
            var pending = next;
            Interlocked.Increment(ref runs);
            entered.Release();
            var iteration = await pending.Task.WaitAsync(stoppingToken);
            Failures = Runs;
            return iteration();
        }

        protected override void LogFailure(string reason) => Lines.Add("failed: " + reason);

        protected override void LogForbidden(string reason) => Lines.Add("forbidden: " + reason);
    }
}
