using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// At most once in ten minutes is replaced what should not have come to be: where API servers disagree about the time,
/// replicas would otherwise replace each other's certificates without end.
/// </summary>
internal sealed class UnscheduledRotationLimiter(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private long? last;
    private string? heldBack;

    /// <summary>Whether it may be done now, which counts as done; if not, that is logged once.</summary>
    public bool Allows(string reason)
    {
        if (last is { } then && time.GetElapsedTime(then) < Interval)
        {
            if (heldBack != reason)
            {
                heldBack = reason;
                log.OutOfTurnAgain(reason);
            }

            return false;
        }

        heldBack = null;
        last = time.GetTimestamp();
        return true;
    }
}
