using Microsoft.Extensions.Time.Testing;
using StsWebhook.Certificates.Managed;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class ReconcileTriggerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider time = new();
    private readonly ReconcileTrigger trigger;

    public ReconcileTriggerTests() => trigger = new ReconcileTrigger(time);

    [Fact]
    public async Task Wait_SignalledBefore_ReturnsOnce()
    {
        trigger.Signal();
        trigger.Signal();
        await trigger.WaitAsync(Minute, CancellationToken.None);

        Assert.False(trigger.WaitAsync(Minute, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Wait_SignalledDuringTheWait_Returns()
    {
        var wait = trigger.WaitAsync(Minute, CancellationToken.None);

        trigger.Signal();

        await wait;
    }

    [Fact]
    public async Task Wait_NeverSignalled_ReturnsAfterTheTimeout()
    {
        var wait = trigger.WaitAsync(Minute, CancellationToken.None);
        Assert.False(wait.IsCompleted);

        time.Advance(Minute);

        await wait;
    }

    [Fact]
    public async Task Wait_Cancelled_Throws()
    {
        using var end = new CancellationTokenSource();
        var wait = trigger.WaitAsync(Minute, end.Token);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
