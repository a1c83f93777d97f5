using Microsoft.AspNetCore.Http;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>The management port: probes and metrics, and nothing else.</summary>
internal sealed class ManagementEndpoint(Readiness readiness, ServerMetrics metrics)
{
    /// <summary>The exposition format of Prometheus (prometheus.io/docs/instrumenting/exposition_formats).</summary>
    private const string Exposition = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "method: expected GET");
        }

        switch (context.Request.Path.Value)
        {
            case "/livez":
                return AnswerAsync(context, StatusCodes.Status200OK, "ok");
            case "/readyz":
                return readiness.Obstacle is { } obstacle
                    ? AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, obstacle)
                    : AnswerAsync(context, StatusCodes.Status200OK, "ok");
            case "/metrics":
                context.Response.ContentType = Exposition;
                return metrics.WriteAsync(context.Response.Body, context.RequestAborted);
            default:
                return AnswerAsync(context, StatusCodes.Status404NotFound, "no such path: allowed are /livez, /readyz and /metrics");
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
