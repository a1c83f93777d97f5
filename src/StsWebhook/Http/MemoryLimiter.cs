using System.Net;

namespace StsWebhook.Http;

/// <summary>
/// Limits the memory of concurrent work. Work that does not fit waits in a <see cref="MemoryQueue"/>, in which small
/// requests cannot overtake a large one forever, and no client address can delay the others. A client that sends its body
/// slowly loses its memory when others wait for it. Safe for use by several threads.
/// </summary>
/// <remarks>
/// Not <c>System.Threading.RateLimiting.ConcurrencyLimiter</c>: when a waiter is cancelled, that limiter grants nothing
/// to the waiters behind it until the next release. This limiter grants at once.
/// </remarks>
internal sealed class MemoryLimiter
{
    /// <summary>
    /// How long a body may arrive while others wait for its memory. The API server sends a body of some megabytes within
    /// milliseconds; a second is enough on a busy machine too, and less than half of the chart's timeout of 3 s.
    /// </summary>
    public static readonly TimeSpan MaxReceiveTimeUnderLoad = TimeSpan.FromSeconds(1);

    /// <summary>How often a waiter looks for slow bodies. Short compared with the time that a waiter has.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(250);

    private readonly long capacity;
    private readonly TimeProvider time;
    private readonly TimerCallback cancelSlowReceipts;
    private readonly Lock state = new();
    private readonly MemoryQueue queue = new();
    private readonly LinkedList<Receipt> receipts = [];
    private long free;

    /// <summary>Creates a limiter with all of its memory free.</summary>
    /// <param name="capacity">The memory of all concurrent work, in bytes.</param>
    /// <param name="time">The clock for queue timeouts.</param>
    public MemoryLimiter(long capacity, TimeProvider time)
    {
        this.capacity = capacity;
        this.time = time;
        free = capacity;
        cancelSlowReceipts = CancelSlowReceipts;
    }

    /// <summary>Acquires memory, or waits for it in the queue.</summary>
    /// <param name="amount">The size in bytes. A size over the capacity acquires the whole capacity.</param>
    /// <param name="queueTimeout">The maximum time in the queue.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="beforeRelease">Runs with the size in bytes before the lease returns its memory; null for nothing.</param>
    /// <param name="client">The address of the client; null if the memory counts for no address.</param>
    /// <returns>The lease, which the caller disposes of; null after the timeout.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<MemoryLease?> AcquireAsync(
        long amount,
        TimeSpan queueTimeout,
        CancellationToken cancellation,
        Action<long>? beforeRelease = null,
        IPAddress? client = null)
    {
        amount = Math.Min(amount, capacity);
        lock (state)
        {
            if (queue.IsEmpty && amount <= free)
            {
                free -= amount;
                queue.NoteGrant(client);
                return new ValueTask<MemoryLease?>(new MemoryLease(this, amount, beforeRelease, client));
            }

            // Grant completes the source under the lock. The continuation of the waiter must not run there.
            var turn = queue.Add(new MemoryQueue.Waiter(
                amount, client, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
            Grant();
            return new ValueTask<MemoryLease?>(WaitAsync(turn, queueTimeout, beforeRelease, cancellation));
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
            if (!queue.IsEmpty || amount > free)
            {
                return null;
            }

            free -= amount;
            return new MemoryLease(this, amount, beforeRelease: null);
        }
    }

    /// <summary>Returns memory and grants it to waiters. Only <see cref="MemoryLease.Dispose"/> calls this.</summary>
    internal void Release(long amount, IPAddress? client)
    {
        lock (state)
        {
            free += amount;
            queue.NoteRelease(client);
            Grant();
        }
    }

    /// <summary>
    /// Notes that the owner of a lease receives its body. Only <see cref="MemoryLease.Receive"/> calls this.
    /// </summary>
    internal LinkedListNode<Receipt> StartReceipt(CancellationTokenSource reading)
    {
        lock (state)
        {
            return receipts.AddLast(new Receipt(reading, time.GetTimestamp()));
        }
    }

    /// <summary>Notes that the body was received. The source is not cancelled afterwards.</summary>
    internal void EndReceipt(LinkedListNode<Receipt> receipt)
    {
        lock (state)
        {
            if (receipt.List is not null)
            {
                receipts.Remove(receipt);
            }
        }
    }

    private async Task<MemoryLease?> WaitAsync(
        LinkedListNode<MemoryQueue.Waiter> turn,
        TimeSpan queueTimeout,
        Action<long>? beforeRelease,
        CancellationToken cancellation)
    {
        var (amount, client, granted) = turn.Value;
        await using var check = time.CreateTimer(cancelSlowReceipts, state: null, CheckInterval, CheckInterval)
            .ConfigureAwait(false);
        try
        {
            await granted.Task.WaitAsync(queueTimeout, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            if (!TryLeave(turn))
            {
                // Grant gave the memory to this waiter at the same moment.
                Release(amount, client);
            }

            if (e is OperationCanceledException)
            {
                throw;
            }

            return null;
        }

        return new MemoryLease(this, amount, beforeRelease, client);
    }

    /// <summary>Cancels bodies that have been arriving for too long. Their owners then release their memory.</summary>
    private void CancelSlowReceipts(object? unused)
    {
        lock (state)
        {
            while (receipts.First is { } oldest && time.GetElapsedTime(oldest.Value.Started) >= MaxReceiveTimeUnderLoad)
            {
                receipts.RemoveFirst();

                // On a thread of a timer: the continuations of the reader must not run under the lock.
                oldest.Value.Reading.CancelAfter(TimeSpan.Zero);
            }
        }
    }

    private bool TryLeave(LinkedListNode<MemoryQueue.Waiter> turn)
    {
        lock (state)
        {
            if (!queue.TryRemove(turn))
            {
                return false;
            }

            // The waiters behind a large one may fit now.
            Grant();
            return true;
        }
    }

    private void Grant()
    {
        while (queue.TryGrant(free) is { } waiter)
        {
            free -= waiter.Amount;
            waiter.Granted.SetResult();
        }
    }

    /// <summary>A body that arrives.</summary>
    /// <param name="Reading">Cancels reading the body.</param>
    /// <param name="Started">The timestamp of its start.</param>
    internal readonly record struct Receipt(CancellationTokenSource Reading, long Started);
}
