using System.Net;

namespace StsWebhook.Cluster;

/// <summary>
/// Keeps a repeated failure from flooding the log: of a streak of failures only the first is logged, and a missing
/// permission is logged once. Safe for use by several threads.
/// </summary>
/// <param name="logForbidden">Logs that the API server answered 403; the argument is the reason.</param>
/// <param name="logUnauthorized">Logs that the API server answered 401; null to log it as a 403.</param>
internal sealed class FaultReporter(Action<string> logForbidden, Action<string>? logUnauthorized = null)
{
    /// <summary>The reason of a request that timed out.</summary>
    public const string Timeout = "no answer in time";

    private readonly OncePerStreak permission = new();
    private readonly OncePerStreak failure = new();

    /// <summary>Reports a failure that repeats until its cause is gone. Only the first of a streak is logged.</summary>
    /// <param name="fault">The failure.</param>
    /// <param name="logFailure">Logs a failure that is not a missing permission; the argument is the reason.</param>
    public void ReportFirst(Exception fault, Action<string> logFailure)
    {
        if (!IsMissingPermission(fault) && failure.TryBegin())
        {
            logFailure(Describe(fault));
        }
    }

    /// <summary>Reports a failure that concerns one object. Each is logged, but a missing permission only once.</summary>
    /// <param name="fault">The failure.</param>
    /// <param name="logFailure">Logs a failure that is not a missing permission; the argument is the reason.</param>
    public void ReportEach(Exception fault, Action<string> logFailure)
    {
        if (!IsMissingPermission(fault))
        {
            logFailure(Describe(fault));
        }
    }

    /// <summary>Ends the streak after a success. Returns whether a failure of the streak was logged.</summary>
    public bool Recover() => permission.End() | failure.End();

    /// <summary>The reason of a failure, for a log line.</summary>
    public static string Describe(Exception fault) => fault is OperationCanceledException ? Timeout : fault.Message;

    /// <summary>Whether the API server rejected the caller, which this method logs.</summary>
    private bool IsMissingPermission(Exception fault)
    {
        if (fault is not ApiException { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } rejected)
        {
            return false;
        }

        if (permission.TryBegin())
        {
            var report = rejected.Status == HttpStatusCode.Unauthorized ? logUnauthorized ?? logForbidden : logForbidden;
            report(Describe(fault));
        }

        return true;
    }
}
