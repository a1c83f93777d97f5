namespace StsWebhook.Http;

/// <summary>
/// Limits the memory of concurrent work. Work that does not fit waits in a queue, first in, first out, so that small
/// requests cannot overtake a large one forever. Safe for use by several threads.
/// </summary>
/// <remarks>
/// Not <c>System.Threading.RateLimiting.ConcurrencyLimiter</c>: when a waiter is cancelled, that limiter grants nothing
/// to the waiters behind it until the next release. This limiter grants at once.
/// </remarks>
internal sealed class MemoryLimiter
{
    private readonly long capacity;
    private readonly TimeProvider time;
    private readonly Lock state = new();
    private readonly LinkedList<Waiter> queue = [];
    private long free;

    /// <summary>Creates a limiter with all of its memory free.</summary>
    /// <param name="capacity">The memory of all concurrent work, in bytes.</param>
    /// <param name="time">The clock for queue timeouts.</param>
    public MemoryLimiter(long capacity, TimeProvider time)
    {
        this.capacity = capacity;
        this.time = time;
        free = capacity;
    }

    /// <summary>Acquires memory, or waits for it in the queue.</summary>
    /// <param name="amount">The size in bytes. A size over the capacity acquires the whole capacity.</param>
    /// <param name="queueTimeout">The maximum time in the queue.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="beforeRelease">Runs with the size in bytes before the lease returns its memory; null for nothing.</param>
    /// <returns>The lease, which the caller disposes of; null after the timeout.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<MemoryLease?> AcquireAsync(
        long amount, TimeSpan queueTimeout, CancellationToken cancellation, Action<long>? beforeRelease = null)
    {
        amount = Math.Min(amount, capacity);
        lock (state)
        {
            if (TryTake(amount))
            {
                return new ValueTask<MemoryLease?>(new MemoryLease(this, amount, beforeRelease));
            }

            // Grant completes the source under the lock. The continuation of the waiter must not run there.
            var waiter = new Waiter(amount, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return new ValueTask<MemoryLease?>(WaitAsync(queue.AddLast(waiter), queueTimeout, beforeRelease, cancellation));
        }
    }

    /// <summary>Acquires memory without waiting.</summary>
    /// <param name="amount">The size in bytes. A size over the capacity acquires the whole capacity.</param>
    /// <returns>The lease, which the caller disposes of; null if the memory is not free or others wait for it.</returns>
    public MemoryLease? TryAcquire(long amount)
    {
        amount = Math.Min(amount, capacity);
        lock (state)
        {
            return TryTake(amount) ? new MemoryLease(this, amount, beforeRelease: null) : null;
        }
    }

    /// <summary>Returns memory and grants it to waiters. Only <see cref="MemoryLease.Dispose"/> calls this.</summary>
    internal void Release(long amount)
    {
        lock (state)
        {
            free += amount;
            Grant();
        }
    }

    private async Task<MemoryLease?> WaitAsync(
        LinkedListNode<Waiter> turn, TimeSpan queueTimeout, Action<long>? beforeRelease, CancellationToken cancellation)
    {
        var (amount, granted) = turn.Value;
        try
        {
            await granted.Task.WaitAsync(queueTimeout, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!TryLeave(turn))
            {
                // Grant gave the memory to this waiter at the same moment.
                Release(amount);
            }

            if (e is OperationCanceledException)
            {
                throw;
            }

            return null;
        }

        return new MemoryLease(this, amount, beforeRelease);
    }

    private bool TryTake(long amount)
    {
        if (queue.Count > 0 || amount > free)
        {
            return false;
        }

        free -= amount;
        return true;
    }

    private bool TryLeave(LinkedListNode<Waiter> turn)
    {
        lock (state)
        {
            if (turn.List is null)
            {
                return false;
            }

            // The waiters behind a large one may fit now.
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

    private readonly record struct Waiter(long Amount, TaskCompletionSource Granted);
}
