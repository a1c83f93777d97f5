using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// The API server's clock, from the <c>Date</c> of its answers. The API server verifies certificates by it, and replicas
/// share it, however wrong the clocks of their machines are. Until the first answer, it is the machine's clock. Safe for
/// use by several threads.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>The smallest difference to log; more than the precision of dates and the duration of an answer.</summary>
    private static readonly TimeSpan LogThreshold = TimeSpan.FromMinutes(5);

    private readonly OncePerStreak difference = new();
    private long offsetTicks;

    /// <summary>The current time by the API server's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    /// <summary>How far the API server's clock is ahead of the machine's; negative if it is behind.</summary>
    private TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>Sets the clock to the date of an answer.</summary>
    public void Observe(DateTimeOffset date) => Interlocked.Exchange(ref offsetTicks, (date - time.GetUtcNow()).Ticks);

    /// <summary>Logs that the clocks differ by more than five minutes, once until they agree again.</summary>
    public void LogDifference(ILogger log)
    {
        if (Offset.Duration() <= LogThreshold)
        {
            difference.End();
        }
        else if (difference.TryBegin())
        {
            log.ClocksDiffer((long)Offset.TotalSeconds);
        }
    }
}
