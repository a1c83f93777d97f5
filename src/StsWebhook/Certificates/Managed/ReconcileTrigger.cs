namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Auto-reset event for one waiter. A signal sent before the wait is kept; several signals count as one. Any thread may
/// signal.
/// </summary>
internal sealed class ReconcileTrigger(TimeProvider time)
{
    private TaskCompletionSource signal = New();

    /// <summary>Wakes the waiter, or the next one to wait.</summary>
    public void Signal() => Volatile.Read(ref signal).TrySetResult();

    /// <summary>Waits for a signal, at most for <paramref name="timeout"/>.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        var signalled = Volatile.Read(ref signal).Task;
        await signalled.WaitAsync(timeout, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (signalled.IsCompleted)
        {
            Volatile.Write(ref signal, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
