namespace StsWebhook.Cluster;

/// <summary>
/// How long to wait before the next try: twice as long each time, up to a limit, and a random part of it, so that
/// the replicas of a cluster do not come back together.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan limit)
{
    private int failures;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var longest = Math.Min(limit.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(failures++, 30)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>Begins anew, after a success.</summary>
    public void Reset() => failures = 0;
}
