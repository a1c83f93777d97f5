using System.Net;

namespace StsWebhook.Http;

/// <summary>
/// Bytes that work has acquired from a <see cref="MemoryLimiter"/>. Dispose returns them to the limiter. Dispose from
/// one thread at a time.
/// </summary>
internal sealed class MemoryLease : IDisposable
{
    /// <summary>A lease of zero bytes, for work that needs no memory of its own. Disposing of it has no effect.</summary>
    public static readonly MemoryLease Empty = new(limiter: null, amount: 0, beforeRelease: null);

    private readonly long amount;
    private readonly Action<long>? beforeRelease;
    private readonly IPAddress? client;
    private MemoryLimiter? limiter;
    private LinkedListNode<MemoryLimiter.Receipt>? receipt;

    /// <summary>Creates a lease of memory that the limiter has already subtracted.</summary>
    /// <param name="limiter">The limiter that gets the memory back; null for an empty lease.</param>
    /// <param name="amount">The size in bytes.</param>
    /// <param name="beforeRelease">Runs with the size in bytes before the memory is returned; null for nothing.</param>
    /// <param name="client">The address that the memory counts for; null for none.</param>
    public MemoryLease(MemoryLimiter? limiter, long amount, Action<long>? beforeRelease, IPAddress? client = null)
    {
        this.limiter = limiter;
        this.client = client;
        this.amount = amount;
        this.beforeRelease = beforeRelease;
    }

    /// <summary>
    /// Notes that the body now arrives. If it takes too long while others wait for memory, the limiter cancels it.
    /// </summary>
    /// <param name="reading">Cancels reading the body. Dispose of it after <see cref="Received"/> or of this lease.</param>
    public void Receive(CancellationTokenSource reading) => receipt = limiter?.StartReceipt(reading);

    /// <summary>Notes that the body was received in full.</summary>
    public void Received()
    {
        if (receipt is { } started)
        {
            receipt = null;
            limiter?.EndReceipt(started);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (limiter is not { } granted)
        {
            return;
        }

        Received();
        limiter = null;
        beforeRelease?.Invoke(amount);
        granted.Release(amount, client);
    }
}
