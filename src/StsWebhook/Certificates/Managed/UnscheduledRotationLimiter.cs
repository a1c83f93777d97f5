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

    /// <summary>Whether a rotation is allowed now. If not, its reason is logged once.</summary>
    public bool IsAllowed(string reason)
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
        return true;
    }

    /// <summary>Records that a rotation was done. One that failed, or that another replica did first, does not count.</summary>
    public void Record() => lastRotation = time.GetTimestamp();
}
