namespace StsWebhook.Http;

/// <summary>
/// Bytes of memory that some work may take together. Who finds too little left waits its turn: first come, first
/// served, so that a large one is not passed by small ones for ever.
/// </summary>
internal sealed class MemoryLimiter
{
    private readonly long capacity;
    private readonly TimeProvider time;
    private readonly Lock state = new();
    private readonly LinkedList<(long Amount, TaskCompletionSource Granted)> queue = [];
    private long free;

    /// <summary>Nothing is taken yet.</summary>
    /// <param name="capacity">All of it, in bytes.</param>
    /// <param name="time">What patience is measured by.</param>
    public MemoryLimiter(long capacity, TimeProvider time)
    {
        this.capacity = capacity;
        this.time = time;
        free = capacity;
    }

    /// <summary>Takes a share, when there is one.</summary>
    /// <param name="amount">In bytes; more than there is at all means all of it.</param>
    /// <param name="patience">How long to wait for it at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The share, to be disposed of; null where it did not come in time.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public ValueTask<MemoryLease?> AcquireAsync(long amount, TimeSpan patience, CancellationToken cancellation)
    {
        amount = Math.Min(amount, capacity);
        lock (state)
        {
            if (queue.Count == 0 && amount <= free)
            {
                free -= amount;
                return new ValueTask<MemoryLease?>(new MemoryLease(this, amount));
            }

            // Whoever grants it holds the lock, and must not run what waits for it there.
            var turn = queue.AddLast((amount, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            return new ValueTask<MemoryLease?>(WaitAsync(turn, patience, cancellation));
        }
    }

    /// <summary>Gives a share back.</summary>
    internal void Release(long amount)
    {
        lock (state)
        {
            free += amount;
            Grant();
        }
    }

    private async Task<MemoryLease?> WaitAsync(
        LinkedListNode<(long Amount, TaskCompletionSource Granted)> turn, TimeSpan patience, CancellationToken cancellation)
    {
        var (amount, granted) = turn.Value;
        try
        {
            await granted.Task.WaitAsync(patience, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!TryLeave(turn))
            {
                // It was granted in the same moment.
                Release(amount);
            }

            if (e is OperationCanceledException)
            {
                throw;
            }

            return null;
        }

        return new MemoryLease(this, amount);
    }

    private bool TryLeave(LinkedListNode<(long Amount, TaskCompletionSource Granted)> turn)
    {
        lock (state)
        {
            if (turn.List is null)
            {
                return false;
            }

            // It may have been the large one that the others waited behind.
            queue.Remove(turn);
            Grant();
            return true;
        }
    }

    private void Grant()
    {
        while (queue.First is { } first && first.Value.Amount <= free)
        {
            queue.RemoveFirst();
            free -= first.Value.Amount;
            first.Value.Granted.SetResult();
        }
    }
}
