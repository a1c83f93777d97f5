using System.Diagnostics;
using Prometheus;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>What is counted of reviews. Dry runs count as requests only: nothing came of them.</summary>
internal sealed class ReviewMetrics
{
    private const string Unknown = "unknown";
    private const string Error = "error";
    private const string None = "none";
    private const string Other = "other";

    private static readonly string[] Decisions = ["patched", "allowed", "warned", "denied", "ignored"];

    /// <summary>What is called by name; everything else is one, so that no request can make a series of its own.</summary>
    private static readonly string[] Resources =
    [
        "pods", "pods/ephemeralcontainers", "pods/binding", "bindings", "deployments", "statefulsets", "daemonsets",
        "replicasets", "replicationcontrollers", "podtemplates", "jobs", "cronjobs", "configmaps",
    ];

    private static readonly string[] Operations = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

    /// <summary>A trace that is not kept anywhere is no example to show.</summary>
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

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">What makes them.</param>
    /// <param name="byNamespace">Whether mutations and violations are also told apart by namespace.</param>
    public ReviewMetrics(MetricFactory factory, bool byNamespace)
    {
        this.byNamespace = byNamespace;
        string[] withNamespace = byNamespace ? ["namespace"] : [];
        requests = factory.CreateCounter(
            "sts_webhook_admission_requests_total",
            "Admission reviews by what became of them.",
            ["webhook", "resource", "operation", "decision", "dry_run"],
            new CounterConfiguration { ExemplarBehavior = TraceExemplars });
        duration = factory.CreateHistogram(
            "sts_webhook_admission_duration_seconds",
            "Time from the first byte of a review's body to the last of the answer, in seconds.",
            ["webhook"],
            new HistogramConfiguration
            {
                Buckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
                ExemplarBehavior = TraceExemplars,
            });
        mutatedPods = factory.CreateCounter(
            "sts_webhook_mutated_pods_total",
            "Pods that got variables, by their region (deferred: the binding tells it) and by what told it.",
            ["region", "source", .. withNamespace]);
        injectedVariables = factory.CreateCounter(
            "sts_webhook_injected_variables_total", "Variables added to containers.", "variable");
        skippedContainers = factory.CreateCounter(
            "sts_webhook_skipped_containers_total", "Containers that did not get every variable, by why.", "reason");
        violations = factory.CreateCounter(
            "sts_webhook_violations_total",
            "Findings of the policy, by rule, severity and the enforcement that they met.",
            ["rule", "severity", "enforce", .. withNamespace]);
        overloads = factory.CreateCounter(
            "sts_webhook_admission_overloads_total",
            "Reviews that were turned away with 429, since there was no memory for them before half of their time was over.",
            "webhook");
        PublishZeros();
    }

    /// <summary>Counts a review that was answered.</summary>
    public void Answered(Webhook webhook, ReviewResult result, TimeSpan elapsed)
    {
        requests.WithLabels(
            webhook.Name(),
            Bounded(result.Resource, Resources),
            Bounded(result.Operation, Operations),
            result.Verdict.Name(),
            result.IsDryRun ? "true" : "false").Inc();
        duration.WithLabels(webhook.Name()).Observe(elapsed.TotalSeconds);
        if (result.IsDryRun)
        {
            return;
        }

        if (result.InjectedVariables.Count > 0)
        {
            mutatedPods.WithLabels(WithNamespace(result, RegionLabel(result.Region), result.Region.Source.Name())).Inc();
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
                result, finding.Rule.Name, finding.Severity.Name(), result.Enforcement.Name())).Inc();
        }
    }

    /// <summary>Counts a request that got no answer to a review: a body that is none, or a fault.</summary>
    public void Failed(Webhook webhook) =>
        requests.WithLabels(webhook.Name(), Unknown, Unknown, Error, "false").Inc();

    /// <summary>Counts a review that there was no memory for in time.</summary>
    public void TurnedAway(Webhook webhook) => overloads.WithLabels(webhook.Name()).Inc();

    /// <summary>There is a zero of each decision and of each reason: a series that begins at its first event hides it from <c>rate()</c>.</summary>
    private void PublishZeros()
    {
        foreach (var webhook in Enum.GetValues<Webhook>())
        {
            duration.WithLabels(webhook.Name()).Publish();
            overloads.WithLabels(webhook.Name()).Publish();
            var resource = webhook == Webhook.Bind ? "pods/binding" : "pods";
            foreach (var decision in Decisions)
            {
                requests.WithLabels(webhook.Name(), resource, "CREATE", decision, "false").Publish();
            }

            requests.WithLabels(webhook.Name(), Unknown, Unknown, Error, "false").Publish();
        }

        foreach (var reason in SkipReason.All)
        {
            skippedContainers.WithLabels(reason).Publish();
        }
    }

    private string[] WithNamespace(ReviewResult result, params ReadOnlySpan<string> labels) =>
        byNamespace ? [.. labels, result.Namespace] : [.. labels];

    private static string RegionLabel(PodRegion region) =>
        region.IsDeferred ? "deferred"
        : region.Name is null ? None
        : Partitions.IsListed(region.Name) ? region.Name
        : Other;

    private static string Bounded(string value, string[] known) =>
        Array.IndexOf(known, value) is >= 0 and var i ? known[i] : Other;
}
