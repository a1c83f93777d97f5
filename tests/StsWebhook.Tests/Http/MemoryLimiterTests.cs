using System.Net;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Http;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class MemoryLimiterTests
{
    private static readonly TimeSpan QueueTimeout = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider time = new();
    private readonly MemoryLimiter limiter;

    public MemoryLimiterTests() => limiter = new MemoryLimiter(capacity: 100, time);

    [Fact]
    public async Task AcquireAsync_EnoughFree_IsGrantedAtOnce()
    {
        var first = Acquire(60);
        var second = Acquire(40);

        Assert.NotNull(await first);
        Assert.NotNull(await second);
        Assert.False(Acquire(1).IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_TooLittleFree_WaitsUntilSomeIsReleased()
    {
        var first = await Acquire(60);
        var second = Acquire(50);
        Assert.False(second.IsCompleted);

        first!.Dispose();

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task AcquireAsync_MoreThanTheCapacity_AcquiresTheCapacity()
    {
        var all = Acquire(1_000_000);

        Assert.NotNull(await all);
        Assert.False(Acquire(1).IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_SmallAfterLarge_DoesNotOvertake()
    {
        var first = await Acquire(60);
        var large = Acquire(90);
        var small = Acquire(10);
        Assert.False(small.IsCompleted);

        first!.Dispose();

        Assert.NotNull(await large);
        Assert.NotNull(await small);
    }

    [Fact]
    public async Task AcquireAsync_QueueTimeout_IsNullAndAdmitsTheNextOne()
    {
        await Acquire(60);
        var large = Acquire(90);
        time.Advance(TimeSpan.FromSeconds(3));
        var small = Acquire(10);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(await large);
        Assert.NotNull(await small);
    }

    [Fact]
    public async Task AcquireAsync_Cancelled_ThrowsAndAdmitsTheNextOne()
    {
        using var cancellation = new CancellationTokenSource();
        await Acquire(60);
        var large = limiter.AcquireAsync(90, QueueTimeout, cancellation.Token).AsTask();
        var small = Acquire(10);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.NotNull(await small);
    }

    [Fact]
    public async Task Dispose_Twice_ReleasesOnce()
    {
        var first = await Acquire(60);
        await Acquire(40);
        first!.Dispose();
        first.Dispose();

        Assert.False(Acquire(61).IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_ManyThreads_NeverExceedsTheCapacity()
    {
        long taken = 0, most = 0, cancelled = 0;

        // While the memory is held, the first request of each thread waits and is cancelled.
        var held = await Acquire(100);
        var threads = Task.WhenAll(Enumerable.Range(1, 16).Select(amount => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var acquire = limiter.AcquireAsync(amount * 5, QueueTimeout, cancellation.Token);
                if (i % 3 == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    using var lease = await acquire;
                    InterlockedMax(ref most, Interlocked.Add(ref taken, amount * 5));
                    await Task.Yield();
                    Interlocked.Add(ref taken, -amount * 5);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        })));
        await Eventually.HoldsAsync("16 cancelled requests", () => Interlocked.Read(ref cancelled) >= 16);
        held!.Dispose();
        await threads;

        Assert.InRange(most, 80, 100);
        Assert.NotNull(await Acquire(100));
    }

    [Fact]
    public async Task TryAcquire_OthersWait_IsNull()
    {
        await Acquire(60);
        Assert.NotNull(limiter.TryAcquire(10));
        var waiting = Acquire(90);

        Assert.Null(limiter.TryAcquire(10));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Dispose_BeforeRelease_RunsBeforeTheMemoryIsGranted()
    {
        long released = 0;
        Task<MemoryLease?>? next = null;
        var first = await limiter.AcquireAsync(60, QueueTimeout, CancellationToken.None, amount =>
        {
            released = amount;
            Assert.False(next!.IsCompleted);
        });
        next = Acquire(50);

        first!.Dispose();

        Assert.NotNull(await next);
        Assert.Equal(60, released);
    }

    [Fact]
    public async Task AcquireAsync_OneAddressWaitsOften_AnotherAddressIsNext()
    {
        var (many, one) = (IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"));
        var held = await Acquire(100, many);
        var waiting = Enumerable.Range(0, 5).Select(_ => Acquire(100, many)).ToArray();
        var other = Acquire(100, one);

        held!.Dispose();

        using var lease = await other;
        Assert.NotNull(lease);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_TwoAddressesWait_AreServedInTurns()
    {
        var (many, one) = (IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"));
        var held = await Acquire(100, many);
        var first = Enumerable.Range(0, 3).Select(_ => Acquire(100, many)).ToArray();
        var second = Enumerable.Range(0, 2).Select(_ => Acquire(100, one)).ToArray();

        foreach (var next in new[] { second[0], first[0], second[1], first[1], first[2] })
        {
            held!.Dispose();
            held = await next;
            Assert.NotNull(held);
        }
    }

    [Fact]
    public async Task AcquireAsync_SmallOfAnotherAddress_DoesNotWaitForALargeOne()
    {
        await Acquire(60, IPAddress.Parse("10.0.0.1"));
        var large = Acquire(90, IPAddress.Parse("10.0.0.1"));

        Assert.NotNull(await Acquire(10, IPAddress.Parse("10.0.0.2")));
        Assert.False(large.IsCompleted);
    }

    [Fact]
    public async Task Receive_SlowWhileOthersWait_IsCancelled()
    {
        using var reading = new CancellationTokenSource();
        var slow = await Acquire(100);
        slow!.Receive(reading);
        var next = Acquire(50);

        time.Advance(MemoryLimiter.MaxReceiveTimeUnderLoad - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(251));

        await Eventually.HoldsAsync("the end of the slow body", () => reading.IsCancellationRequested);
        slow.Dispose();
        Assert.NotNull(await next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_InFullOrNobodyWaits_IsNotCancelled(bool received)
    {
        using var reading = new CancellationTokenSource();
        var lease = await Acquire(100);
        lease!.Receive(reading);
        if (received)
        {
            lease.Received();
            _ = Acquire(50);
        }

        time.Advance(TimeSpan.FromSeconds(4));
        await Task.Yield();

        Assert.False(reading.IsCancellationRequested);
    }

    private Task<MemoryLease?> Acquire(long amount, IPAddress? client = null) =>
        limiter.AcquireAsync(amount, QueueTimeout, CancellationToken.None, client: client).AsTask();

    private static void InterlockedMax(ref long most, long value)
    {
        long seen;
        while ((seen = Interlocked.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
