namespace StsWebhook.Http;

/// <summary>A part of a <see cref="MemoryLimiter"/>, until it is disposed of.</summary>
internal sealed class MemoryLease(MemoryLimiter budget, long amount) : IDisposable
{
    private bool isReturned;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isReturned)
        {
            isReturned = true;
            budget.Release(amount);
        }
    }
}
