using System.Collections;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Text;

namespace StsWebhook.Telemetry;

/// <summary>
/// Traces with OpenTelemetry. Without a collector in the environment, nothing is set up and traces cost nothing.
/// </summary>
internal static class Tracing
{
    /// <summary>The name of the activity source of reviews, and of the service.</summary>
    public const string SourceName = "sts-webhook";

    /// <summary>The standard variable for the collector. The OpenTelemetry exporter reads its other variables itself.</summary>
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly ActivitySource Source = new(SourceName, BuildInfo.Version);

    /// <summary>Sends traces to the collector that the environment configures, if any.</summary>
    public static void AddTracing(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable)))
        {
            return;
        }

        // The exporter reads its variables from the configuration. Everything else stays out of the configuration on
        // purpose: only STS_WEBHOOK__* and OTEL_* variables affect this program.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));
        builder.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(SourceName, serviceVersion: BuildInfo.Version)
                // Again, after AddService: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES override our values.
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(SourceName, CoreActivitySource.SourceName).AddOtlpExporter());
    }

    /// <summary>Starts the span of a review, as a child of the API server's span; null if nothing records spans.</summary>
    public static Activity? StartReview(Webhook webhook, HttpRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        if (!ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent))
        {
            // Start a new trace. An activity of ASP.NET Core is not sampled, and its children would not be either.
            Activity.Current = null;
        }

        return Source.StartActivity(EnumWord.Format(webhook), ActivityKind.Server, parent);
    }

    /// <summary>Starts the span of a call that a review waits for; null if the review has no span.</summary>
    public static Activity? StartCall(string name) =>
        Activity.Current is null ? null : Source.StartActivity(name, ActivityKind.Client);

    /// <summary>Adds the decision to the span of a review.</summary>
    public static void Describe(this Activity? activity, ReviewSummary result)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("k8s.namespace.name", LogText.Name(result.Namespace));
        activity.SetTag("sts_webhook.resource", LogText.Name(result.Resource));
        activity.SetTag("sts_webhook.owner", LogText.Name(result.Owner));
        activity.SetTag("sts_webhook.decision", EnumWord.Format(result.Decision));
        activity.SetTag("sts_webhook.region", result.Region.Name);
        activity.SetTag("sts_webhook.region_source", EnumWord.Format(result.Region.Source));
    }
}
