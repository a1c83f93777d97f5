namespace StsWebhook.Cluster;

/// <summary>
/// The delay before the next attempt: doubles with each failure up to a limit, of which a random half to all is taken, so
/// that the replicas of a cluster do not retry at the same moment. For one caller at a time.
/// </summary>
/// <param name="first">The first delay at its longest.</param>
/// <param name="limit">The longest delay.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan limit)
{
    private int failures;

    /// <summary>Counts a failure and returns the delay before the next attempt.</summary>
    public TimeSpan Next()
    {
        var longest = Math.Min(limit.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(failures++, 30)));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    /// <summary>Starts over with the first delay, after a success.</summary>
    public void Reset() => failures = 0;
}
