using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using StsWebhook.Cluster;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy;
using StsWebhook.Settings;
using StsWebhook.Telemetry;
using StsWebhook.Text;

namespace StsWebhook.Http;

/// <summary>
/// The admission port: takes a review off the wire, has the core decide, and puts the answer back. What is no review
/// gets a status of 4xx and one line; a fault gets 500, so that the webhook's <c>failurePolicy</c> decides.
/// </summary>
internal sealed class AdmissionEndpoint(
    ReviewerProvider settings, ClusterSnapshotProvider cluster, AdmissionControl memory, ServerMetrics metrics, ILogger<AdmissionEndpoint> log)
{
    /// <summary>
    /// Two objects (new and old) of the 3 MB that the API server takes (k8s.io/apiserver, MaxRequestBodyBytes), and
    /// room for the review around them.
    /// </summary>
    public const int MaxBody = 7 * 1024 * 1024;

    private const string Json = "application/json";
    private const string TooSlow = "body: it came too slowly";

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!AdmissionPath.TryParse(context.Request.Path.Value, out var webhook, out var enforcement))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such path: allowed are /mutate, /validate and /bind")
                .ConfigureAwait(false);
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "method: expected POST").ConfigureAwait(false);
            return;
        }

        using var activity = Tracing.StartReview(webhook, context.Request);
        try
        {
            var (status, reason) = await ReviewAsync(context, webhook, enforcement, activity).ConfigureAwait(false);
            if (reason is not null)
            {
                // It names the field, and a field's name may be anything.
                reason = LogText.Sanitize(reason);
                metrics.Reviews.Failed(webhook);
                log.Refused(webhook.Name(), status, reason);
                await RefuseAsync(context, status, reason).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // A connection that was reset is no fault of the program. Without the abort Kestrel goes on reading from it.
            context.Abort();
            metrics.Reviews.Failed(webhook);
            log.Refused(webhook.Name(), StatusCodes.Status499ClientClosedRequest, "the client went away");
        }
        catch (Exception fault)
        {
            metrics.Reviews.Failed(webhook);
            log.Failed(fault, webhook.Name());
            activity?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            if (!context.Response.HasStarted)
            {
                await RefuseAsync(context, StatusCodes.Status500InternalServerError, "internal error").ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reviews the body and answers; a reason says why there is no answer.</summary>
    private async Task<(int Status, string? Reason)> ReviewAsync(
        HttpContext context, Webhook webhook, Enforcement? enforcement, Activity? activity)
    {
        if (!IsJson(context.Request.ContentType))
        {
            return (StatusCodes.Status415UnsupportedMediaType, $"content type: expected {Json}");
        }

        var started = Stopwatch.GetTimestamp();
        using var answer = new PooledBuffer();
        var (result, status, reason) = await ReadAndDecideAsync(context, webhook, enforcement, answer).ConfigureAwait(false);
        if (result is null)
        {
            return (status, reason);
        }

        var (hasRoom, share) = await memory.AcquireForAnswerAsync(answer.Written.Length).ConfigureAwait(false);
        using var held = share;
        if (!hasRoom)
        {
            return RejectOverloaded(context, webhook);
        }

        context.Response.ContentType = Json;
        context.Response.ContentLength = answer.Written.Length;
        await context.Response.Body.WriteAsync(answer.Written, context.RequestAborted).ConfigureAwait(false);
        metrics.Reviews.Answered(webhook, result, Stopwatch.GetElapsedTime(started));
        activity.Describe(result);
        log.Decided(result);
        return (StatusCodes.Status200OK, null);
    }

    /// <summary>
    /// Reads and decides, as soon as there is memory for it. Nothing but the answer is held when this returns: how long
    /// a client takes to read that is nobody else's matter.
    /// </summary>
    private async Task<(ReviewResult? Result, int Status, string? Reason)> ReadAndDecideAsync(
        HttpContext context, Webhook webhook, Enforcement? enforcement, PooledBuffer answer)
    {
        var timeout = ReviewTimeout.Parse(context.Request.QueryString.Value);
        var patience = timeout / 2;
        var length = context.Request.ContentLength;
        using var body = new PooledBuffer();
        MemoryLease? share = null;
        try
        {
            // What announces too much is refused when it is read, and need not wait for that.
            if (length is <= AdmissionControl.SmallBody || length > memory.MaxBody)
            {
                await ReadAsync(context, body, context.RequestAborted).ConfigureAwait(false);
                share = await memory.AcquireAsync(body.Written.Length, patience, context.RequestAborted).ConfigureAwait(false);
            }
            else if ((share = await memory.AcquireForLargeAsync(length ?? memory.MaxBody, patience, context.RequestAborted).ConfigureAwait(false)) is not null)
            {
                using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
                late.CancelAfter(timeout);
                await ReadAsync(context, body, late.Token).ConfigureAwait(false);
            }

            if (share is null)
            {
                var (status, reason) = RejectOverloaded(context, webhook);
                return (null, status, reason);
            }

            return await DecideAsync(context, body.Written, webhook, enforcement, answer).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode, e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => $"body: expected at most {memory.MaxBody} bytes",
                StatusCodes.Status408RequestTimeout => TooSlow,
                _ => "body: it ended before its announced length, or its chunks are malformed",
            });
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (null, StatusCodes.Status408RequestTimeout, TooSlow);
        }
        finally
        {
            memory.Return(share, length);
        }
    }

    /// <summary>Decides what the body says, with room for each of its containers.</summary>
    private async Task<(ReviewResult? Result, int Status, string? Reason)> DecideAsync(
        HttpContext context, ReadOnlyMemory<byte> body, Webhook webhook, Enforcement? enforcement, PooledBuffer answer)
    {
        using var review = settings.Reviewer.Open(body, webhook, enforcement);
        if (memory.AreTooMany(review.Containers, body.Length))
        {
            return (
                null,
                StatusCodes.Status413PayloadTooLarge,
                $"request.object: {review.Containers} containers in {body.Length} bytes need more memory than there is");
        }

        var (hasRoom, beside) = await memory.AcquireForContainersAsync(review.Containers, body.Length).ConfigureAwait(false);
        using var held = beside;
        if (!hasRoom)
        {
            var (status, reason) = RejectOverloaded(context, webhook);
            return (null, status, reason);
        }

        var view = await cluster.ViewForAsync(review, context.RequestAborted).ConfigureAwait(false);
        var result = review.Decide(view, answer);
        return result.IsAnswered ? (result, StatusCodes.Status200OK, null) : (null, StatusCodes.Status400BadRequest, result.Error);
    }

    /// <summary>The API server heeds the header: it tries again while its time lasts (k8s.io/client-go, rest.Request).</summary>
    private (int Status, string? Reason) RejectOverloaded(HttpContext context, Webhook webhook)
    {
        metrics.Reviews.TurnedAway(webhook);
        context.Response.Headers.RetryAfter = "1";
        return (StatusCodes.Status429TooManyRequests, "too many reviews at once");
    }

    private static async Task ReadAsync(HttpContext context, PooledBuffer body, CancellationToken cancellation)
    {
        int read;
        while ((read = await context.Request.Body.ReadAsync(body.GetMemory(), cancellation).ConfigureAwait(false)) > 0)
        {
            body.Advance(read);
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType == Json
        || (MediaTypeHeaderValue.TryParse(contentType, out var mediaType)
            && mediaType.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase));

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n");
    }
}
