using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Prometheus;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>The management port: probes and metrics, and nothing else.</summary>
internal sealed class ManagementEndpoint(Readiness readiness, ServerMetrics metrics)
{
    /// <summary>The format that every scraper reads (prometheus.io/docs/instrumenting/exposition_formats).</summary>
    private const string PlainText = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The one that has exemplars too, for scrapers that ask for it (openmetrics.io).</summary>
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>Answers one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        // Nothing here takes a body, and without this Kestrel would read one to its end to get at the next request.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 0;
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
                return readiness.NotReadyReason is { } obstacle
                    ? AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, obstacle)
                    : AnswerAsync(context, StatusCodes.Status200OK, "ok");
            case "/metrics":
                return WriteMetricsAsync(context);
            default:
                return AnswerAsync(context, StatusCodes.Status404NotFound, "no such path: allowed are /livez, /readyz and /metrics");
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

    /// <summary>Whether a media type is asked for by its name. An asterisk asks for nothing in particular.</summary>
    private static bool Accepts(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.Quality is not 0 && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
