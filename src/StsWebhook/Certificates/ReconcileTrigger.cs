namespace StsWebhook.Certificates;

/// <summary>Wakes one who waits, also by a ring that came before the wait. Many rings are one.</summary>
internal sealed class ReconcileTrigger(TimeProvider time)
{
    private TaskCompletionSource rung = New();

    /// <summary>Rings.</summary>
    public void Signal() => Volatile.Read(ref rung).TrySetResult();

    /// <summary>Waits for a ring, but not longer than this.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var bell = Volatile.Read(ref rung).Task;
        await ((Task)bell).WaitAsync(limit, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (bell.IsCompleted)
        {
            Volatile.Write(ref rung, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
