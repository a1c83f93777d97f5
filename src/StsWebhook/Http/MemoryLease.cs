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
    private MemoryLimiter? limiter;

    /// <summary>Creates a lease of memory that the limiter has already subtracted.</summary>
    /// <param name="limiter">The limiter that gets the memory back; null for an empty lease.</param>
    /// <param name="amount">The size in bytes.</param>
    /// <param name="beforeRelease">Runs with the size in bytes before the memory is returned; null for nothing.</param>
    public MemoryLease(MemoryLimiter? limiter, long amount, Action<long>? beforeRelease)
    {
        this.limiter = limiter;
        this.amount = amount;
        this.beforeRelease = beforeRelease;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (limiter is not { } granted)
        {
            return;
        }

        limiter = null;
        beforeRelease?.Invoke(amount);
        granted.Release(amount);
    }
}
