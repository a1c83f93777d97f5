using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using StsWebhook.Cluster;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;
using StsWebhook.Settings;

namespace StsWebhook.Http;

/// <summary>
/// Reads an AdmissionReview, has the core decide it, and keeps the memory of all concurrent reviews within the limit. A review
/// that cannot be judged is answered with a finding of the rule <c>unjudged</c>: any other answer would let the object pass
/// where the webhook's failurePolicy is Ignore.
/// </summary>
/// <remarks>
/// The steps of a request:
/// <list type="number">
/// <item>Acquire memory and read the body. A large body acquires memory first, because its buffer needs memory, and loses
/// it if it arrives slowly while others wait. A small body is read first: its buffer is smaller than its connection, so a
/// slow sender delays no other review. A body without memory is read in pieces, and only its header is kept.</item>
/// <item>Parse the review.</item>
/// <item>Acquire additional memory for many short containers.</item>
/// <item>Fetch from the cluster what the decision depends on: ConfigMaps, or the node of a Binding.</item>
/// <item>Decide, and write the answer into the buffer of the caller. Acquire memory for a long answer.</item>
/// <item>Release the memory of steps 1 and 3. A client that reads its answer slowly then holds only the memory of the
/// answer.</item>
/// </list>
/// </remarks>
internal sealed class ReviewHandler(ReviewerProvider settings, ClusterSnapshotProvider cluster, AdmissionControl control)
{
    /// <summary>The size of the pieces in which a body without memory is read, in bytes.</summary>
    private const int PieceSize = 16 * 1024;

    private static readonly ReviewResponse NoLength = new ReviewResponse.Rejected(
        StatusCodes.Status411LengthRequired, "body: expected a Content-Length, which the API server always sends");

    private static readonly ReviewResponse TooSlow = new ReviewResponse.Rejected(
        StatusCodes.Status408RequestTimeout, "body: expected at least 64 KiB/s, and all of it before the webhook's timeout");

    private static readonly ReviewResponse Malformed = new ReviewResponse.Rejected(
        StatusCodes.Status400BadRequest, "body: it is shorter than its Content-Length");

    /// <summary>Handles one request. When this method returns, the review holds no memory except its answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">
    /// The buffer for the answer; it stays empty unless the response is <see cref="ReviewResponse.Answered"/>.
    /// </param>
    /// <param name="aborted">The client closed the connection.</param>
    /// <exception cref="IOException">The connection failed.</exception>
    /// <exception cref="OperationCanceledException">The client closed the connection.</exception>
    public async ValueTask<ReviewResponse> HandleAsync(ReviewRequest request, PooledBuffer answer, CancellationToken aborted)
    {
        if (request.ContentLength is not { } length)
        {
            return NoLength;
        }

        var started = Stopwatch.GetTimestamp();
        using var body = new PooledBuffer();
        try
        {
            return length <= ServerLimits.SmallBody
                ? await HandleSmallAsync(request, started, body, answer, aborted).ConfigureAwait(false)
                : await HandleLargeAsync(request, length, started, body, answer, aborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode != StatusCodes.Status408RequestTimeout)
        {
            return Malformed;
        }
        catch (Exception e) when (
            e is BadHttpRequestException || (e is OperationCanceledException && !aborted.IsCancellationRequested))
        {
            return ReviewHeaderReader.TryRead(body.Written.Span, out var header, out _)
                ? AnswerUnjudged(request, header, Unjudged.LateBody, answer)
                : TooSlow;
        }
        catch (OutOfMemoryException) when (ReviewHeaderReader.TryRead(body.Written.Span, out var header, out _))
        {
            return AnswerUnjudged(request, header, Unjudged.Overloaded, answer);
        }
    }

    private async ValueTask<ReviewResponse> HandleSmallAsync(
        ReviewRequest request, long started, PooledBuffer body, PooledBuffer answer, CancellationToken aborted)
    {
        await ReadAsync(request.Body, body, aborted).ConfigureAwait(false);
        using var lease = await control.AcquireAsync(body.Written.Length, request.Timeout / 2, aborted).ConfigureAwait(false);
        return lease is null
            ? AnswerUnjudged(request, body.Written, Unjudged.Overloaded, answer)
            : await DecideAsync(request, started, body.Written, answer, aborted).ConfigureAwait(false);
    }

    private async ValueTask<ReviewResponse> HandleLargeAsync(
        ReviewRequest request, long length, long started, PooledBuffer body, PooledBuffer answer, CancellationToken aborted)
    {
        using var deadline = StartDeadline(request, started, aborted);
        if (length > control.MaxBody)
        {
            return await SkipAsync(request, Unjudged.TooLong(length, control.MaxBody), answer, deadline.Token, aborted)
                .ConfigureAwait(false);
        }

        using var lease = await control.AcquireAsync(length, request.Timeout / 2, aborted, request.Client).ConfigureAwait(false);
        if (lease is null)
        {
            return await SkipAsync(request, Unjudged.Overloaded, answer, deadline.Token, aborted).ConfigureAwait(false);
        }

        lease.Receive(deadline);
        await ReadAsync(request.Body, body, deadline.Token).ConfigureAwait(false);
        lease.Received();
        return await DecideAsync(request, started, body.Written, answer, aborted).ConfigureAwait(false);
    }

    /// <summary>Steps 2 to 5.</summary>
    private async ValueTask<ReviewResponse> DecideAsync(
        ReviewRequest request, long started, ReadOnlyMemory<byte> body, PooledBuffer answer, CancellationToken aborted)
    {
        if (!settings.Reviewer.TryParse(body, request.Webhook, request.Enforcement, out var review, out var error))
        {
            return ReviewHeaderReader.TryRead(body.Span, out var header, out _)
                ? AnswerUnjudged(request, header, UnjudgedReason.Unreadable(error), answer)
                : new ReviewResponse.Rejected(StatusCodes.Status400BadRequest, error);
        }

        using var parsed = review;
        if (control.HasTooManyContainers(review.Containers, body.Length))
        {
            return AnswerUnjudged(request, body, Unjudged.TooManyContainers(review.Containers), answer);
        }

        using var lease = control.TryAcquireForContainers(review.Containers, body.Length);
        if (lease is null)
        {
            return AnswerUnjudged(request, body, Unjudged.Overloaded, answer);
        }

        var snapshot = await cluster.GetSnapshotAsync(review, aborted).ConfigureAwait(false);

        // A small review without ConfigMaps cannot take long.
        using var deadline = body.Length > ServerLimits.SmallBody || snapshot.ConfigMaps.Count > 0
            ? StartDeadline(request, started, aborted)
            : null;
        ReviewSummary result;
        try
        {
            result = review.Decide(snapshot, answer, deadline?.Token ?? aborted);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return AnswerUnjudged(request, body, Unjudged.OutOfTime, answer);
        }

        return control.TryAcquireForAnswer(answer.Written.Length) is { } answerLease
            ? new ReviewResponse.Answered(result, answerLease)
            : AnswerUnjudged(request, body, Unjudged.Overloaded, answer);
    }

    /// <summary>Reads a body that there is no memory for, and answers its header.</summary>
    private async ValueTask<ReviewResponse> SkipAsync(
        ReviewRequest request, UnjudgedReason reason, PooledBuffer answer, CancellationToken deadline, CancellationToken aborted)
    {
        var reader = new ReviewHeaderReader();
        var isLate = false;
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            // The client reads the answer only after it has sent its body. What exceeds every body of an API server is left
            // to Kestrel, which closes the connection.
            int read;
            for (long total = 0; total <= ServerLimits.MaxBody; total += read)
            {
                read = await request.Body.ReadAsync(piece.AsMemory(0, PieceSize), deadline).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                reader.Read(piece.AsSpan(0, read));
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The answer has to leave now.
            isLate = true;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            isLate = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return reader.TryGet(out var header, out var error) ? AnswerUnjudged(request, header, reason, answer)
            : isLate ? TooSlow
            : new ReviewResponse.Rejected(StatusCodes.Status400BadRequest, error);
    }

    private ReviewResponse AnswerUnjudged(
        ReviewRequest request, ReadOnlyMemory<byte> body, UnjudgedReason reason, PooledBuffer answer) =>
        ReviewHeaderReader.TryRead(body.Span, out var header, out var error)
            ? AnswerUnjudged(request, header, reason, answer)
            : new ReviewResponse.Rejected(StatusCodes.Status400BadRequest, error);

    private ReviewResponse.Answered AnswerUnjudged(
        ReviewRequest request, ReviewHeader header, UnjudgedReason reason, PooledBuffer answer)
    {
        answer.Clear();
        var result = settings.Reviewer.AnswerUnjudged(header, request.Webhook, request.Enforcement, reason, answer);
        return new ReviewResponse.Answered(result, MemoryLease.Empty, WasOverloaded: reason == Unjudged.Overloaded);
    }

    /// <summary>Starts the timer that ends in time for an answer before the API server's timeout.</summary>
    private static CancellationTokenSource StartDeadline(ReviewRequest request, long started, CancellationToken aborted)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var left = ReviewTimeout.BeforeAnswer(request.Timeout) - Stopwatch.GetElapsedTime(started);
        deadline.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return deadline;
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
