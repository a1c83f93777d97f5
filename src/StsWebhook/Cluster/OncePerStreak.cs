namespace StsWebhook.Cluster;

/// <summary>
/// Reports a lasting condition once: the first observation of a streak is reported, the following ones are not. Safe for
/// use by several threads.
/// </summary>
internal sealed class OncePerStreak
{
    private int isReported;

    /// <summary>Whether to report the condition now: true for the first call since the last <see cref="End"/>.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref isReported, 1) == 0;

    /// <summary>Ends the streak, so that the next observation is reported again. Returns whether one was reported.</summary>
    public bool End() => Interlocked.Exchange(ref isReported, 0) == 1;
}
