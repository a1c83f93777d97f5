using Microsoft.Extensions.Logging;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>Logs a decision in one line: what stands out at the level Information, everything else at Debug.</summary>
internal static class DecisionLog
{
    /// <summary>How many findings a line names, as an answer does: an object may have ten thousands, and lines wait to be written.</summary>
    private const int MaxFindings = 20;

    /// <summary>Logs what was decided, by names only.</summary>
    public static void Decided(this ILogger log, ReviewResult result)
    {
        switch (result.Verdict)
        {
            case AdmissionDecision.Denied:
                log.Denied(result.Resource, result.Namespace, result.Name, result.Owner, Findings(log, result), result.Uid);
                break;
            case AdmissionDecision.Warned:
                log.Warned(result.Resource, result.Namespace, result.Name, result.Owner, Findings(log, result), result.Uid);
                break;
            default:
                log.Passed(
                    result.Verdict.Name(), result.Resource, result.Namespace, result.Name, result.Owner,
                    result.Region.Name, result.Region.Source.Name(), result.Uid);
                break;
        }
    }

    private static string Findings(ILogger log, ReviewResult result) =>
        log.IsEnabled(LogLevel.Information)
            ? string.Join(", ", result.Findings.Take(MaxFindings).Select(finding => $"{finding.Rule} at {finding.Field}"))
                + (result.Findings.Count > MaxFindings ? $" and {result.Findings.Count - MaxFindings} more" : string.Empty)
            : string.Empty;
}
