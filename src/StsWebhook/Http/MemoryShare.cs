namespace StsWebhook.Http;

/// <summary>A part of a <see cref="MemoryBudget"/>, until it is disposed of.</summary>
internal sealed class MemoryShare(MemoryBudget budget, long amount) : IDisposable
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
