using Microsoft.Extensions.Time.Testing;
using StsWebhook.Http;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class MemoryLimiterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider time = new();
    private readonly MemoryLimiter budget;

    public MemoryLimiterTests() => budget = new MemoryLimiter(capacity: 100, time);

    [Fact]
    public async Task Take_EnoughLeft_IsGrantedAtOnce()
    {
        var first = Take(60);
        var second = Take(40);

        Assert.NotNull(await first);
        Assert.NotNull(await second);
        Assert.False(Take(1).IsCompleted);
    }

    [Fact]
    public async Task Take_TooLittleLeft_WaitsUntilSomeIsGivenBack()
    {
        var first = await Take(60);
        var second = Take(50);
        Assert.False(second.IsCompleted);

        first!.Dispose();

        Assert.NotNull(await second);
    }

    [Fact]
    public async Task Take_MoreThanThereIs_MeansAllOfIt()
    {
        var all = Take(1_000_000);

        Assert.NotNull(await all);
        Assert.False(Take(1).IsCompleted);
    }

    [Fact]
    public async Task Take_SmallAfterLarge_DoesNotPassIt()
    {
        var first = await Take(60);
        var large = Take(90);
        var small = Take(10);
        Assert.False(small.IsCompleted);

        first!.Dispose();

        Assert.NotNull(await large);
        Assert.NotNull(await small);
    }

    [Fact]
    public async Task Take_PatienceOver_IsNullAndLetsTheNextOneIn()
    {
        await Take(60);
        var large = Take(90);
        time.Advance(TimeSpan.FromSeconds(3));
        var small = Take(10);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(await large);
        Assert.NotNull(await small);
    }

    [Fact]
    public async Task Take_Cancelled_ThrowsAndLetsTheNextOneIn()
    {
        using var cancellation = new CancellationTokenSource();
        await Take(60);
        var large = budget.AcquireAsync(90, Patience, cancellation.Token).AsTask();
        var small = Take(10);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.NotNull(await small);
    }

    [Fact]
    public async Task Dispose_Twice_GivesBackOnce()
    {
        var first = await Take(60);
        await Take(40);
        first!.Dispose();
        first.Dispose();

        Assert.False(Take(61).IsCompleted);
    }

    [Fact]
    public async Task Take_ByManyAtOnce_NeverExceedsTheCapacity()
    {
        long taken = 0, most = 0, inVain = 0;
        await Task.WhenAll(Enumerable.Range(1, 16).Select(amount => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var take = budget.AcquireAsync(amount * 5, Patience, cancellation.Token);
                if (i % 3 == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    using var share = await take;
                    InterlockedMax(ref most, Interlocked.Add(ref taken, amount * 5));
                    await Task.Yield();
                    Interlocked.Add(ref taken, -amount * 5);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref inVain);
                }
            }
        })));

        Assert.InRange(most, 80, 100);
        Assert.True(inVain > 0);
        Assert.NotNull(await Take(100));
    }

    private Task<MemoryLease?> Take(long amount) => budget.AcquireAsync(amount, Patience, CancellationToken.None).AsTask();

    private static void InterlockedMax(ref long most, long value)
    {
        long seen;
        while ((seen = Interlocked.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
