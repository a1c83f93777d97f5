using System.Diagnostics;
using Prometheus;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>
/// The metrics of reviews. A dry run counts as a request only, because it creates nothing. Safe for use by several threads.
/// </summary>
internal sealed class ReviewMetrics
{
    private const string Unknown = "unknown";
    private const string Error = "error";
    private const string None = "none";
    private const string Other = "other";

    /// <summary>
    /// The values of the label <c>resource</c>. All others count as <c>other</c>, so that no request can create a series.
    /// </summary>
    private static readonly string[] Resources =
    [
        "pods", "pods/ephemeralcontainers", "pods/binding", "bindings", "configmaps",
        .. WorkloadKind.All.Select(workload => workload.Resource),
    ];

    private static readonly string[] Operations = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

    /// <summary>Exemplars of sampled traces only: a trace that is not stored cannot be shown.</summary>
    private static readonly ExemplarBehavior TraceExemplars = new()
    {
        DefaultExemplarProvider = (_, _) => Activity.Current is { Recorded: true } ? Exemplar.FromTraceContext() : Exemplar.None,
    };

    private readonly bool byNamespace;
    private readonly Counter requests;
    private readonly Histogram duration;
    private readonly Counter mutatedPods;
    private readonly Counter injectedVariables;
    private readonly Counter skippedContainers;
    private readonly Counter violations;
    private readonly Counter overloads;
    private readonly Counter bypasses;

    /// <summary>Creates the metrics.</summary>
    /// <param name="instruments">Creates a metric.</param>
    /// <param name="byNamespace">Whether mutated pods and violations have the label <c>namespace</c>.</param>
    public ReviewMetrics(Instruments instruments, bool byNamespace)
    {
        this.byNamespace = byNamespace;
        string[] withNamespace = byNamespace ? ["namespace"] : [];
        requests = instruments.Counter(
            "sts_webhook_admission_requests_total",
            "Admission requests by decision.",
            ["webhook", "resource", "operation", "decision", "dry_run"],
            TraceExemplars);
        duration = instruments.Histogram(
            "sts_webhook_admission_duration_seconds",
            "Time from the first byte of the request body to the last byte of the answer, in seconds.",
            ["webhook"],
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
            TraceExemplars);
        overloads = instruments.Counter(
            "sts_webhook_admission_overloads_total",
            "Reviews that were not judged because no memory became free within half of the webhook's timeout.",
            ["webhook"]);
        bypasses = instruments.Counter(
            "sts_webhook_admission_bypasses_total",
            "Requests without a review as their answer; with failurePolicy Ignore, their objects bypass the policy.",
            ["webhook", "reason"]);
        mutatedPods = instruments.Counter(
            "sts_webhook_mutated_pods_total",
            "Pods that got variables, by region and by the source of the region.",
            ["region", "source", .. withNamespace]);
        injectedVariables = instruments.Counter(
            "sts_webhook_injected_variables_total", "Variables added to containers.", ["variable"]);
        skippedContainers = instruments.Counter(
            "sts_webhook_skipped_containers_total", "Containers that did not get all variables, by reason.", ["reason"]);
        violations = instruments.Counter(
            "sts_webhook_violations_total",
            "Findings of the policy, by rule, severity and enforcement.",
            ["rule", "severity", "enforce", .. withNamespace]);
        PublishZeros();
    }

    /// <summary>Counts a request that got a review as its answer.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="result">The decision.</param>
    /// <param name="elapsed">The time from the first byte of the body to the last byte of the answer.</param>
    public void Answered(Webhook webhook, ReviewSummary result, TimeSpan elapsed)
    {
        requests.WithLabels(
            EnumWord.Format(webhook),
            Bounded(result.Resource, Resources),
            Bounded(result.Operation, Operations),
            EnumWord.Format(result.Decision),
            result.IsDryRun ? "true" : "false").Inc();
        duration.WithLabels(EnumWord.Format(webhook)).Observe(elapsed.TotalSeconds);
        if (result.IsDryRun)
        {
            return;
        }

        if (result.InjectedVariables.Count > 0)
        {
            mutatedPods.WithLabels(WithNamespace(result, RegionLabel(result.Region), EnumWord.Format(result.Region.Source)))
                .Inc();
        }

        foreach (var variable in result.InjectedVariables)
        {
            injectedVariables.WithLabels(variable).Inc();
        }

        foreach (var reason in result.SkipReasons)
        {
            skippedContainers.WithLabels(reason).Inc();
        }

        foreach (var finding in result.Findings)
        {
            violations.WithLabels(WithNamespace(
                result, finding.Rule.Name, EnumWord.Format(finding.Severity), EnumWord.Format(result.Enforcement))).Inc();
        }
    }

    /// <summary>
    /// Counts a request that got no review as its answer.
    /// </summary>
    public void Rejected(Webhook webhook) =>
        requests.WithLabels(EnumWord.Format(webhook), Unknown, Unknown, Error, "false").Inc();

    /// <summary>
    /// Counts a request, probably of an API server, that got no answer or none in time. Includes <see cref="Rejected"/>.
    /// </summary>
    public void Bypassed(Webhook webhook, BypassReason reason)
    {
        bypasses.WithLabels(EnumWord.Format(webhook), EnumWord.Format(reason)).Inc();
        Rejected(webhook);
    }

    /// <summary>Counts a review that was answered without being judged, because the server is overloaded.</summary>
    public void Overloaded(Webhook webhook) => overloads.WithLabels(EnumWord.Format(webhook)).Inc();

    /// <summary>Publishes zeros, because <c>rate()</c> does not see the first event of a new series.</summary>
    private void PublishZeros()
    {
        foreach (var webhook in Enum.GetValues<Webhook>())
        {
            duration.WithLabels(EnumWord.Format(webhook)).Publish();
            overloads.WithLabels(EnumWord.Format(webhook)).Publish();
            foreach (var reason in Enum.GetValues<BypassReason>())
            {
                bypasses.WithLabels(EnumWord.Format(webhook), EnumWord.Format(reason)).Publish();
            }

            var resource = webhook == Webhook.Bind ? "pods/binding" : "pods";
            foreach (var decision in Enum.GetValues<AdmissionDecision>())
            {
                requests.WithLabels(EnumWord.Format(webhook), resource, "CREATE", EnumWord.Format(decision), "false").Publish();
            }

            requests.WithLabels(EnumWord.Format(webhook), Unknown, Unknown, Error, "false").Publish();
        }

        foreach (var reason in SkipReason.All)
        {
            skippedContainers.WithLabels(reason.Code).Publish();
        }
    }

    private string[] WithNamespace(ReviewSummary result, params ReadOnlySpan<string> labels) =>
        byNamespace ? [.. labels, result.Namespace] : [.. labels];

    private static string RegionLabel(PodRegion region) =>
        region.IsDeferred ? "deferred"
        : region.Name is null ? None
        : Partitions.IsListed(region.Name) ? region.Name
        : Other;

    private static string Bounded(string value, string[] known) =>
        Array.IndexOf(known, value) is >= 0 and var i ? known[i] : Other;
}
