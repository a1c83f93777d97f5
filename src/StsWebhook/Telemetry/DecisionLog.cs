using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Text;

namespace StsWebhook.Telemetry;

/// <summary>
/// Logs a decision in one line: denials and warnings at level Information, everything else at Debug. A review that could not
/// be judged has another line, with the reason.
/// </summary>
internal static class DecisionLog
{
    /// <summary>
    /// The maximum number of findings in a line, the same as in an answer. An object may have tens of thousands, and lines
    /// wait in memory until they are written.
    /// </summary>
    private const int MaxFindings = 20;

    /// <summary>The maximum length of a field path, in characters: it contains names of the object.</summary>
    private const int MaxField = 256;

    /// <summary>The length after which no further finding is listed, in characters.</summary>
    private const int MaxLength = 2048;

    /// <summary>Logs a decision. The line has names and field paths, but no values of the object.</summary>
    public static void Decided(this ILogger log, Webhook webhook, ReviewSummary result)
    {
        var (resource, @namespace, name, owner, uid) = (
            LogText.Name(result.Resource), LogText.Name(result.Namespace), LogText.Name(result.Name), LogText.Name(result.Owner),
            LogText.Name(result.Uid));
        if (result.Unjudged is { } reason)
        {
            log.ReviewNotJudged(EnumWord.Format(webhook), resource, @namespace, name, LogText.Sanitize(reason), uid);
        }

        switch (result.Decision)
        {
            case AdmissionDecision.Denied:
                log.ReviewDenied(resource, @namespace, name, owner, Findings(log, result), uid);
                break;
            case AdmissionDecision.Warned:
                log.ReviewWarned(resource, @namespace, name, owner, Findings(log, result), uid);
                break;
            default:
                log.ReviewAllowed(
                    EnumWord.Format(result.Decision), resource, @namespace, name, owner, result.Region.Name,
                    EnumWord.Format(result.Region.Source), uid);
                break;
        }
    }

    private static string Findings(ILogger log, ReviewSummary result)
    {
        if (!log.IsEnabled(LogLevel.Information))
        {
            return string.Empty;
        }

        var line = new StringBuilder();
        var listed = 0;
        while (listed < Math.Min(result.Findings.Count, MaxFindings) && line.Length < MaxLength)
        {
            var finding = result.Findings[listed];
            line.Append(listed++ == 0 ? string.Empty : ", ")
                .Append(finding.Rule.Name).Append(" at ").Append(LogText.Truncate(finding.Field, MaxField));
        }

        return listed < result.Findings.Count
            ? line.Append(CultureInfo.InvariantCulture, $" and {result.Findings.Count - listed} more").ToString()
            : line.ToString();
    }
}
