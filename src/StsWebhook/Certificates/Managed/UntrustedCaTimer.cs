namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Measures for how long the Secret has contained an untrusted CA. A replica that creates a CA first writes the
/// Secret and then the webhook configurations; the other replicas wait for the second step before they replace the
/// content. For one caller at a time.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class UntrustedCaTimer(TimeProvider time)
{
    private static readonly TimeSpan Required = TimeSpan.FromSeconds(10);

    private long? start;

    /// <summary>How long to wait for the webhook configurations; null if the timer does not run.</summary>
    public TimeSpan? Remaining => start is not { } since ? null
        : Required - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Starts the timer unless it runs, and returns whether it is over.</summary>
    public bool IsElapsed()
    {
        start ??= time.GetTimestamp();
        return Remaining == TimeSpan.Zero;
    }

    /// <summary>Stops the timer: the Secret contains no such CA.</summary>
    public void Reset() => start = null;
}
