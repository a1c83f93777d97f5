using StsWebhook.Core.Admission;

namespace StsWebhook.Http;

/// <summary>The result of a request for a review: one of the two nested types.</summary>
internal abstract record ReviewResponse
{
    private ReviewResponse()
    {
    }

    /// <summary>The answer is in the buffer of the caller.</summary>
    /// <param name="Result">The decision, for metrics, traces and logs.</param>
    /// <param name="Lease">
    /// The memory of the answer. The caller disposes of the lease once the client has read the answer.
    /// </param>
    /// <param name="WasOverloaded">Whether the review was not judged because no memory became free in time.</param>
    public sealed record Answered(ReviewSummary Result, MemoryLease Lease, bool WasOverloaded = false) : ReviewResponse;

    /// <summary>The body is not a review, or its beginning does not arrive.</summary>
    /// <param name="Status">The HTTP status, 400 to 499.</param>
    /// <param name="Reason">The reason in one line, which may quote a field name of the body.</param>
    public sealed record Rejected(int Status, string Reason) : ReviewResponse;
}
