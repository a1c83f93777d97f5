using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Prometheus;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>The management port: serves probes and metrics only.</summary>
internal sealed class ManagementEndpoint(Readiness readiness, ServerMetrics metrics)
{
    /// <summary>The format that every scraper can read (prometheus.io/docs/instrumenting/exposition_formats).</summary>
    private const string PlainText = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The format with exemplars, for scrapers that request it (openmetrics.io).</summary>
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>Handles one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        // No path reads a body. Without this limit, Kestrel would read a whole body before the next request.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 0;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return WriteTextAsync(context, StatusCodes.Status405MethodNotAllowed, "method: expected GET or HEAD");
        }

        var connection = context.Features.Get<TrackedConnection>();
        switch (context.Request.Path.Value)
        {
            case "/livez":
                connection?.Prove();
                return WriteTextAsync(context, StatusCodes.Status200OK, "ok");
            case "/readyz":
                connection?.Prove();
                return readiness.NotReadyReason is { } reason
                    ? WriteTextAsync(context, StatusCodes.Status503ServiceUnavailable, reason)
                    : WriteTextAsync(context, StatusCodes.Status200OK, "ok");
            case "/metrics":
                connection?.Prove();
                return WriteMetricsAsync(context);
            default:
                return WriteTextAsync(context, StatusCodes.Status404NotFound, "path: expected /livez, /readyz or /metrics");
        }
    }

    private Task WriteMetricsAsync(HttpContext context)
    {
        var format = Accepts(context.Request, OpenMetrics) ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText;
        context.Response.ContentType = format == ExpositionFormat.OpenMetricsText
            ? OpenMetrics + "; version=1.0.0; charset=utf-8"
            : PlainText;
        context.Response.Headers.Vary = HeaderNames.Accept;
        return metrics.WriteAsync(context.Response.Body, format, context.RequestAborted);
    }

    /// <summary>Whether the client requests a media type by its name. A wildcard does not count as a request.</summary>
    private static bool Accepts(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.Quality is not 0 && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));

    private static Task WriteTextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
