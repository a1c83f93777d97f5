using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// The API server's clock, by the <c>Date</c> of its answers: it is the one that certificates are verified by, and the
/// one that replicas share, however wrong the clocks of their own machines are. Until the first answer it is our own.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>A difference that somebody should hear of. Dates have whole seconds, and answers take their time.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromMinutes(5);

    private long offsetTicks;
    private bool hasTold;

    /// <summary>The time there.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    /// <summary>How far it is ahead of ours.</summary>
    private TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>Takes the date of an answer.</summary>
    public void Observe(DateTimeOffset date) => Interlocked.Exchange(ref offsetTicks, (date - time.GetUtcNow()).Ticks);

    /// <summary>Says once that the clocks differ much, if they do.</summary>
    public void LogDifference(ILogger log)
    {
        if (!hasTold && Offset.Duration() > Worth)
        {
            log.ClocksDiffer((long)Offset.TotalSeconds);
        }

        hasTold = Offset.Duration() > Worth;
    }
}
