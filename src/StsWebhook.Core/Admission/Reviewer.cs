using System.Buffers;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>The one entry of the core: an AdmissionReview in, its answer out.</summary>
public sealed class Reviewer(ReviewSettings settings)
{
    /// <summary>Reviews a request with what is known of the cluster already.</summary>
    /// <param name="body">The AdmissionReview, <c>admission.k8s.io/v1</c>, as JSON.</param>
    /// <param name="webhook">Which webhook was called.</param>
    /// <param name="enforcement">The namespace's enforcement; null for the configured one.</param>
    /// <param name="nodes">The cluster's nodes.</param>
    /// <param name="answer">Where the answer is written; nothing is, if the body is no review.</param>
    /// <returns>What was decided, or why the body is no review.</returns>
    public ReviewResult Review(
        ReadOnlyMemory<byte> body,
        Webhook webhook,
        Enforcement? enforcement,
        NodeTable nodes,
        IBufferWriter<byte> answer)
    {
        using var review = Open(body, webhook, enforcement);
        return review.Decide(new ClusterSnapshot(nodes), answer);
    }

    /// <summary>
    /// Reads a request, and tells what of the cluster its decision would like to know. Whoever calls fetches that,
    /// or does not, and has the review decided with what came: the core itself never calls out.
    /// </summary>
    /// <param name="body">The AdmissionReview, which must stay unchanged until the review is disposed of.</param>
    /// <param name="webhook">Which webhook was called.</param>
    /// <param name="enforcement">The namespace's enforcement; null for the configured one.</param>
    public ParsedReview Open(ReadOnlyMemory<byte> body, Webhook webhook, Enforcement? enforcement)
    {
        if (!JsonInput.TryParse(body, out var document, out var error))
        {
            return ParsedReview.Unreadable(error);
        }

        if (AdmissionRequest.Read(document.RootElement, out error) is { } request
            && ReviewTarget.Parse(request, webhook, out error) is var subject
            && error is null)
        {
            return new ParsedReview(
                document, request, subject, settings, enforcement ?? settings.Policy.Enforce, inject: webhook == Webhook.Mutate);
        }

        document.Dispose();
        return ParsedReview.Unreadable(error!);
    }
}
