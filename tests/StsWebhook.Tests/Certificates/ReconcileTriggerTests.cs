using Microsoft.Extensions.Time.Testing;
using StsWebhook.Certificates.Managed;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class ReconcileTriggerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider time = new();
    private readonly ReconcileTrigger bell;

    public ReconcileTriggerTests() => bell = new ReconcileTrigger(time);

    [Fact]
    public async Task Wait_RungBeforehand_EndsOnce()
    {
        bell.Signal();
        bell.Signal();
        await bell.WaitAsync(Minute, CancellationToken.None);

        Assert.False(bell.WaitAsync(Minute, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Wait_RungMeanwhile_Ends()
    {
        var wait = bell.WaitAsync(Minute, CancellationToken.None);

        bell.Signal();

        await wait;
    }

    [Fact]
    public async Task Wait_NeverRung_EndsAtItsLimit()
    {
        var wait = bell.WaitAsync(Minute, CancellationToken.None);
        Assert.False(wait.IsCompleted);

        time.Advance(Minute);

        await wait;
    }

    [Fact]
    public async Task Wait_Cancelled_Throws()
    {
        using var end = new CancellationTokenSource();
        var wait = bell.WaitAsync(Minute, end.Token);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
