using Microsoft.Extensions.Logging;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;

namespace StsWebhook.Telemetry;

/// <summary>Logs a decision in one line: denials and warnings at level Information, everything else at Debug.</summary>
internal static class DecisionLog
{
    /// <summary>
    /// The maximum number of findings in a line, the same as in an answer. An object may have tens of thousands, and lines
    /// wait in memory until they are written.
    /// </summary>
    private const int MaxFindings = 20;

    /// <summary>Logs a decision. The line has names and field paths, but no values of the object.</summary>
    public static void Decided(this ILogger log, ReviewResult result)
    {
        switch (result.Decision)
        {
            case AdmissionDecision.Denied:
                log.ReviewDenied(result.Resource, result.Namespace, result.Name, result.Owner, Findings(log, result), result.Uid);
                break;
            case AdmissionDecision.Warned:
                log.ReviewWarned(result.Resource, result.Namespace, result.Name, result.Owner, Findings(log, result), result.Uid);
                break;
            default:
                log.ReviewAllowed(
                    EnumWord.Format(result.Decision), result.Resource, result.Namespace, result.Name, result.Owner,
                    result.Region.Name, EnumWord.Format(result.Region.Source), result.Uid);
                break;
        }
    }

    private static string Findings(ILogger log, ReviewResult result) =>
        log.IsEnabled(LogLevel.Information)
            ? string.Join(", ", result.Findings.Take(MaxFindings).Select(finding => $"{finding.Rule} at {finding.Field}"))
                + (result.Findings.Count > MaxFindings ? $" and {result.Findings.Count - MaxFindings} more" : string.Empty)
            : string.Empty;
}
