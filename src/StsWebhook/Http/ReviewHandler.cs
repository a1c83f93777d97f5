using Microsoft.AspNetCore.Http;
using StsWebhook.Cluster;
using StsWebhook.Core.Json;
using StsWebhook.Settings;

namespace StsWebhook.Http;

/// <summary>
/// Reads an AdmissionReview, has the core decide it, and keeps the memory of all concurrent reviews within the limit.
/// </summary>
/// <remarks>
/// The steps of a request:
/// <list type="number">
/// <item>Acquire memory and read the body. A large body acquires memory first, because its buffer needs memory, and loses
/// it if it arrives slowly while others wait. A small body is read first: its buffer is smaller than its connection, so a
/// slow sender delays no other review.</item>
/// <item>Parse the review.</item>
/// <item>Acquire additional memory for many short containers.</item>
/// <item>Fetch from the cluster what the decision depends on: ConfigMaps, or the node of a Binding.</item>
/// <item>Decide, and write the answer into the buffer of the caller.</item>
/// <item>Release the memory of steps 1 and 3, and acquire memory for a long answer. A client that reads its answer slowly
/// then holds only the memory of the answer.</item>
/// </list>
/// </remarks>
internal sealed class ReviewHandler(ReviewerProvider settings, ClusterSnapshotProvider cluster, AdmissionControl control)
{
    private static readonly ReviewResponse TooSlow = new ReviewResponse.Rejected(
        StatusCodes.Status408RequestTimeout, "body: expected at least 64 KiB/s, and all of it before the webhook's timeout");

    private static readonly ReviewResponse Malformed = new ReviewResponse.Rejected(
        StatusCodes.Status400BadRequest, "body: it is shorter than its Content-Length, or its chunked encoding is malformed");

    /// <summary>Handles one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">
    /// The buffer for the answer; it stays empty unless the response is <see cref="ReviewResponse.Answered"/>.
    /// </param>
    /// <param name="aborted">The client closed the connection.</param>
    /// <exception cref="IOException">The connection failed.</exception>
    /// <exception cref="OperationCanceledException">The client closed the connection.</exception>
    public async ValueTask<ReviewResponse> HandleAsync(ReviewRequest request, PooledBuffer answer, CancellationToken aborted)
    {
        var response = await ReadAndDecideAsync(request, answer, aborted).ConfigureAwait(false);
        if (response is not ReviewResponse.Answered answered)
        {
            return response;
        }

        // Step 6, for a long answer.
        var lease = control.TryAcquireForAnswer(answer.Written.Length);
        return lease is null ? ReviewResponse.Overloaded.Instance
            : lease == answered.Lease ? answered
            : answered with { Lease = lease };
    }

    /// <summary>Steps 1 to 5. When this method returns, the review holds no memory except its answer.</summary>
    private async ValueTask<ReviewResponse> ReadAndDecideAsync(
        ReviewRequest request, PooledBuffer answer, CancellationToken aborted)
    {
        var queueTimeout = request.Timeout / 2;
        using var body = new PooledBuffer();
        try
        {
            // A body whose Content-Length exceeds the limit skips the queue: reading it fails with 413 at once.
            if (request.ContentLength is <= ServerLimits.SmallBody || request.ContentLength > control.MaxBody)
            {
                await ReadAsync(request.Body, body, aborted).ConfigureAwait(false);
                using var lease = await control.AcquireAsync(body.Written.Length, queueTimeout, aborted).ConfigureAwait(false);
                return lease is null
                    ? ReviewResponse.Overloaded.Instance
                    : await DecideAsync(request, body.Written, answer, aborted).ConfigureAwait(false);
            }

            // A chunked body may be as long as the limit.
            var length = request.ContentLength ?? control.MaxBody;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted);
            using var largeLease = await control.AcquireAsync(length, queueTimeout, aborted, request.Client)
                .ConfigureAwait(false);
            if (largeLease is null)
            {
                return ReviewResponse.Overloaded.Instance;
            }

            deadline.CancelAfter(request.Timeout);
            largeLease.Receive(deadline);
            await ReadAsync(request.Body, body, deadline.Token).ConfigureAwait(false);
            largeLease.Received();
            return await DecideAsync(request, body.Written, answer, aborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => new ReviewResponse.Rejected(
                    e.StatusCode, $"body: expected at most {control.MaxBody} bytes"),
                StatusCodes.Status408RequestTimeout => TooSlow,
                _ => Malformed,
            };
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return TooSlow;
        }
    }

    /// <summary>Steps 2 to 5.</summary>
    private async ValueTask<ReviewResponse> DecideAsync(
        ReviewRequest request, ReadOnlyMemory<byte> body, PooledBuffer answer, CancellationToken aborted)
    {
        if (!settings.Reviewer.TryParse(body, request.Webhook, request.Enforcement, out var review, out var error))
        {
            return new ReviewResponse.Rejected(StatusCodes.Status400BadRequest, error);
        }

        using var parsed = review;
        if (control.HasTooManyContainers(review.Containers, body.Length))
        {
            return new ReviewResponse.Rejected(
                StatusCodes.Status413PayloadTooLarge,
                $"request.object: {review.Containers} containers exceed the memory limit for one review; increase reviewMemory");
        }

        using var lease = control.TryAcquireForContainers(review.Containers, body.Length);
        if (lease is null)
        {
            return ReviewResponse.Overloaded.Instance;
        }

        var snapshot = await cluster.ViewForAsync(review, aborted).ConfigureAwait(false);
        return new ReviewResponse.Answered(review.Decide(snapshot, answer), MemoryLease.Empty);
    }

    private static async ValueTask ReadAsync(Stream source, PooledBuffer body, CancellationToken cancellation)
    {
        int read;
        while ((read = await source.ReadAsync(body.GetMemory(), cancellation).ConfigureAwait(false)) > 0)
        {
            body.Advance(read);
        }
    }
}
