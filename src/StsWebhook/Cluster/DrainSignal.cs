namespace StsWebhook.Cluster;

/// <summary>
/// Sent at SIGTERM, before the drain: loops that write to the cluster end then, while requests are still answered. Safe for
/// use by several threads.
/// </summary>
internal sealed class DrainSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();

    /// <summary>Cancelled when the drain begins.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Ends the loops. Their requests in progress are cancelled.</summary>
    public void Send() => source.Cancel();

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
