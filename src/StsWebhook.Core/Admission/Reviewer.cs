using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Entry point of the core for admission requests: an AdmissionReview in, its answer out. <see cref="ManifestReviewer"/> is the
/// entry point for objects without a request. A reviewer keeps no state between calls: any number of threads may share it.
/// </summary>
/// <param name="settings">The settings for all reviews.</param>
public sealed class Reviewer(ReviewSettings settings)
{
    /// <summary>
    /// Reviews a request in one step, with the nodes alone: no ConfigMap is known. A review that cannot be read is answered with
    /// <see cref="AnswerUnjudged"/>.
    /// </summary>
    /// <param name="body">The AdmissionReview, <c>admission.k8s.io/v1</c>, as JSON.</param>
    /// <param name="webhook">The webhook that was called.</param>
    /// <param name="enforcement">The namespace's enforcement; null for the configured one.</param>
    /// <param name="nodes">The cluster's nodes.</param>
    /// <param name="answer">Receives the answer; stays empty where the body is not a valid review.</param>
    /// <returns>The decision, or <see cref="ReviewSummary.Error"/> where the body is not a valid review.</returns>
    public ReviewSummary Review(
        ReadOnlyMemory<byte> body,
        Webhook webhook,
        Enforcement? enforcement,
        NodeTable nodes,
        IBufferWriter<byte> answer)
    {
        if (!TryParse(body, webhook, enforcement, out var review, out var error))
        {
            return ReviewHeaderReader.TryRead(body.Span, out var header, out _)
                ? AnswerUnjudged(header, webhook, enforcement, UnjudgedReason.Unreadable(error), answer)
                : ReviewSummary.Invalid(error);
        }

        using (review)
        {
            return review.Decide(new ClusterSnapshot(nodes), answer);
        }
    }

    /// <summary>
    /// Parses a request, the first of two steps. The result lists what its decision needs to know of the cluster. The caller
    /// fetches as much of that as it can and passes it to <see cref="ParsedReview.Decide"/>: the core makes no calls itself.
    /// </summary>
    /// <param name="body">
    /// The AdmissionReview, as JSON. It must stay unchanged until <paramref name="review"/> is disposed of.
    /// </param>
    /// <param name="webhook">The webhook that was called.</param>
    /// <param name="enforcement">The namespace's enforcement; null for the configured one.</param>
    /// <param name="review">
    /// The parsed review, to be disposed of by the caller; null where the body is not a valid review.
    /// </param>
    /// <param name="error">
    /// The first problem of the body, in one line of at most 256 characters; null where there is none.
    /// </param>
    /// <returns>Whether the body is a valid review.</returns>
    public bool TryParse(
        ReadOnlyMemory<byte> body,
        Webhook webhook,
        Enforcement? enforcement,
        [NotNullWhen(true)] out ParsedReview? review,
        [NotNullWhen(false)] out string? error)
    {
        review = null;
        if (!JsonInput.TryParseApiJson(body, out var document, out error))
        {
            return false;
        }

        if (AdmissionRequest.TryRead(document.RootElement, out var request, out error)
            && ReviewTarget.TryParse(request, webhook, out var target, out error))
        {
            review = new ParsedReview(
                document, request, target, settings, enforcement ?? settings.Policy.Enforce, inject: webhook == Webhook.Mutate);
            return true;
        }

        document.Dispose();
        error = ResponseLimits.Line(error);
        return false;
    }

    /// <summary>
    /// Answers a review that cannot be judged, with a finding of the rule <c>unjudged</c>. With the webhook's default
    /// failurePolicy, Ignore, every answer that is not a review would admit the object.
    /// </summary>
    /// <param name="header">The header of the review.</param>
    /// <param name="webhook">The webhook that was called. It never denies a Binding.</param>
    /// <param name="enforcement">The namespace's enforcement; null for the configured one.</param>
    /// <param name="reason">Why it cannot be judged.</param>
    /// <param name="answer">Receives the answer.</param>
    public ReviewSummary AnswerUnjudged(
        ReviewHeader header, Webhook webhook, Enforcement? enforcement, UnjudgedReason reason, IBufferWriter<byte> answer)
    {
        var cap = ReviewTarget.FindCap(header, webhook, settings.Policy);
        var severity = (Severity)Math.Min((int)settings.Policy.SeverityOf(UnjudgedRule.Instance), (int)(cap ?? Severity.Off));
        var outcome = new AdmissionOutcome
        {
            IsIgnored = cap is null,
            Enforcement = enforcement ?? settings.Policy.Enforce,
            Findings = severity == Severity.Off
                ? []
                : [new Finding(
                    UnjudgedRule.Instance, severity, "request.object", Container: null, reason.Problem, reason.Remedy)],
        };
        AdmissionResponseWriter.Write(answer, header.Uid, target: default, outcome);
        return ReviewSummary.From(header, reason, outcome);
    }
}
