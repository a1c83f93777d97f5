using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy;
using StsWebhook.Telemetry;
using StsWebhook.Text;

namespace StsWebhook.Http;

/// <summary>
/// The HTTP of the admission port: paths, method, media type, statuses and headers. <see cref="ReviewHandler"/> does the
/// rest. A body that is not a review gets a status of 4xx and one line of text. An internal error gets 500: the webhook's
/// <c>failurePolicy</c> decides, and with Ignore the object bypasses the policy.
/// </summary>
internal sealed class AdmissionEndpoint(ReviewHandler reviews, ServerMetrics metrics, ILogger<AdmissionEndpoint> log)
{
    private const string Json = "application/json";

    private static readonly ReviewResponse UnsupportedMediaType = new ReviewResponse.Rejected(
        StatusCodes.Status415UnsupportedMediaType, $"content type: expected {Json}");

    /// <summary>Handles one request. Errors become a response; only errors of writing a response are thrown.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!AdmissionPath.TryParse(context.Request.Path.Value, out var webhook, out var enforcement))
        {
            await WriteTextAsync(context, StatusCodes.Status404NotFound, "path: expected /mutate, /validate or /bind")
                .ConfigureAwait(false);
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            await WriteTextAsync(context, StatusCodes.Status405MethodNotAllowed, "method: expected POST").ConfigureAwait(false);
            return;
        }

        using var activity = Tracing.StartReview(webhook, context.Request);
        try
        {
            await ReviewAsync(context, webhook, enforcement, activity).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is IOException || (e is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // A reset connection is not an error of the program. Without the abort, Kestrel continues to read from it.
            context.Abort();
            metrics.Reviews.Bypassed(webhook, BypassReason.Closed);
            log.RequestRejected(EnumWord.Format(webhook), StatusCodes.Status499ClientClosedRequest, "the client closed the connection");
        }
        catch (Exception fault)
        {
            metrics.Reviews.Bypassed(webhook, BypassReason.Error);
            log.ReviewFailed(fault, EnumWord.Format(webhook));
            activity?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            if (!context.Response.HasStarted)
            {
                await WriteTextAsync(
                    context, StatusCodes.Status500InternalServerError, "internal error: see the log of the webhook").ConfigureAwait(false);
            }
        }
    }

    private async Task ReviewAsync(HttpContext context, Webhook webhook, Enforcement? enforcement, Activity? activity)
    {
        var started = Stopwatch.GetTimestamp();
        var request = new ReviewRequest(
            webhook, enforcement, context.Request.Body, context.Request.ContentLength,
            ReviewTimeout.Parse(context.Request.QueryString.Value), context.Connection.RemoteIpAddress);
        using var answer = new PooledBuffer();
        var response = IsJson(context.Request.ContentType)
            ? await reviews.HandleAsync(request, answer, context.RequestAborted).ConfigureAwait(false)
            : UnsupportedMediaType;
        switch (response)
        {
            case ReviewResponse.Answered(var result, var lease, var wasOverloaded):
                context.Features.Get<TrackedConnection>()?.Prove();
                using (lease)
                {
                    await WriteAnswerAsync(context, answer.Written).ConfigureAwait(false);
                }

                metrics.Reviews.Answered(webhook, result, Stopwatch.GetElapsedTime(started));
                if (wasOverloaded)
                {
                    metrics.Reviews.Overloaded(webhook);
                }

                activity.Describe(result);
                log.Decided(webhook, result);
                break;
            case ReviewResponse.Rejected(var status, var reason):
                metrics.Reviews.Rejected(webhook);
                await RejectAsync(context, webhook, status, reason).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Logs a request that gets no review as its answer, and writes the reason.</summary>
    private Task RejectAsync(HttpContext context, Webhook webhook, int status, string reason)
    {
        // The reason may quote the name of a field, which is any text.
        reason = LogText.Sanitize(reason);
        log.RequestRejected(EnumWord.Format(webhook), status, reason);
        return WriteTextAsync(context, status, reason);
    }

    private static ValueTask WriteAnswerAsync(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = answer.Length;
        return context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private static Task WriteTextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }

    private static bool IsJson(string? contentType) =>
        contentType == Json
        || (MediaTypeHeaderValue.TryParse(contentType, out var mediaType)
            && mediaType.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase));
}
