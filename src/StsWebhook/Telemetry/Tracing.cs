using System.Collections;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>Traces, by OpenTelemetry. Nothing is set up, and nothing paid for, unless there is somewhere to send them.</summary>
internal static class Tracing
{
    /// <summary>The source of a review's span, and the name of the service.</summary>
    public const string SourceName = "sts-webhook";

    /// <summary>The standard variable of OpenTelemetry's exporters; they read all others themselves.</summary>
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly ActivitySource Source = new(SourceName, BuildInfo.Version);

    /// <summary>Sends traces to the collector that the environment names, if it does.</summary>
    public static void AddTracing(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable)))
        {
            return;
        }

        // The exporter reads its variables through the configuration, which is otherwise left empty on purpose: no
        // variable but ours and OpenTelemetry's own changes what this program does.
        builder.Configuration.AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith("OTEL_", StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)));
        builder.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(SourceName, serviceVersion: BuildInfo.Version)
                // Once more, after our own words: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES are the operator's.
                .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(SourceName, CoreActivitySource.SourceName).AddOtlpExporter());
    }

    /// <summary>Begins the span of a review, within the API server's own trace; null where nobody listens.</summary>
    public static Activity? StartReview(Webhook webhook, HttpRequest request)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        if (!ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent))
        {
            // A trace of its own. What the framework may have begun is sampled by nobody, and its children neither.
            Activity.Current = null;
        }

        return Source.StartActivity(webhook.Name(), ActivityKind.Server, parent);
    }

    /// <summary>Begins the span of a call that a review waits for; null where the review has none.</summary>
    public static Activity? StartCall(string name) =>
        Activity.Current is null ? null : Source.StartActivity(name, ActivityKind.Client);

    /// <summary>Tells the span what became of the review.</summary>
    public static void Describe(this Activity? activity, ReviewResult result)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("k8s.namespace.name", result.Namespace);
        activity.SetTag("sts_webhook.resource", result.Resource);
        activity.SetTag("sts_webhook.owner", result.Owner);
        activity.SetTag("sts_webhook.decision", result.Verdict.Name());
        activity.SetTag("sts_webhook.region", result.Region.Name);
        activity.SetTag("sts_webhook.region_source", result.Region.Source.Name());
    }
}
