using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Limits unscheduled rotations to one per ten minutes. Without it, replicas that talk to API servers with different
/// clocks would replace each other's certificates forever. For one caller at a time.
/// </summary>
internal sealed class UnscheduledRotationLimiter(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private long? lastRotation;
    private string? loggedReason;

    /// <summary>Whether a rotation is allowed now, which counts as done. If not, its reason is logged once.</summary>
    public bool TryAcquire(string reason)
    {
        if (lastRotation is { } last && time.GetElapsedTime(last) < Interval)
        {
            if (loggedReason != reason)
            {
                loggedReason = reason;
                log.RotationLimited(reason);
            }

            return false;
        }

        loggedReason = null;
        lastRotation = time.GetTimestamp();
        return true;
    }
}
