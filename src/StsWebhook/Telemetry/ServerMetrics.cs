using System.Diagnostics;
using Prometheus;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>All instruments, and what is counted when. Dry runs count as requests only: nothing came of them.</summary>
internal sealed class ServerMetrics
{
    private const string Unknown = "unknown";
    private const string Other = "other";
    private const string None = "none";
    private const string Error = "error";

    private static readonly string[] ReloadResults = ["success", "failure"];

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

    private readonly CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly bool byNamespace;
    private readonly Counter requests;
    private readonly Histogram duration;
    private readonly Counter mutatedPods;
    private readonly Counter injectedVariables;
    private readonly Counter skippedContainers;
    private readonly Counter violations;
    private readonly Counter configReloads;
    private readonly Counter watchRestarts;
    private readonly Gauge nodes;
    private readonly Gauge certificateExpiry;

    /// <summary>Makes the instruments.</summary>
    /// <param name="byNamespace">Whether mutations and violations are also told apart by namespace.</param>
    public ServerMetrics(bool byNamespace)
    {
        this.byNamespace = byNamespace;
        string[] withNamespace = byNamespace ? ["namespace"] : [];
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        ProcessMetrics.AddTo(registry, factory);
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
        configReloads = factory.CreateCounter(
            "sts_webhook_config_reloads_total", "Changes of the settings file, by whether they could be used.", "result");
        watchRestarts = factory.CreateCounter(
            "sts_webhook_watch_restarts_total", "Watches of the API server, or lists before them, that failed and were tried again.", "resource");
        nodes = factory.CreateGauge(
            "sts_webhook_nodes", "Nodes by region; none where nothing about a node tells its region.", "region");
        certificateExpiry = factory.CreateGauge(
            "sts_webhook_certificate_expiry_timestamp_seconds",
            "When a certificate expires, in seconds since 1970: the one that is served, and that of the CA where it is known.",
            "certificate");
        factory.CreateGauge("sts_webhook_build_info", "The build that runs; always 1.", "version", "commit")
            .WithLabels(BuildInfo.Version, BuildInfo.Commit).Set(1);
        PublishZeros();
    }

    /// <summary>Counts a review that was answered.</summary>
    public void Reviewed(Webhook webhook, ReviewResult result, TimeSpan elapsed)
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

    /// <summary>Counts a change of the settings file.</summary>
    public void ConfigReloaded(bool succeeded) => configReloads.WithLabels(ReloadResults[succeeded ? 0 : 1]).Inc();

    /// <summary>Tells of a watch that has not broken yet.</summary>
    public void WatchBegins(string resource) => watchRestarts.WithLabels(resource).Publish();

    /// <summary>Counts a watch that broke.</summary>
    public void WatchRestarted(string resource) => watchRestarts.WithLabels(resource).Inc();

    /// <summary>Tells the nodes of each region; a region whose last node went has none, and no series.</summary>
    public void NodesKnown(NodeTable table)
    {
        var counts = new Dictionary<string, int>(table.NodesByRegion, StringComparer.Ordinal);
        if (table.Nodes.Count - counts.Values.Sum() is var unknown and > 0)
        {
            counts[None] = unknown;
        }

        foreach (var gone in nodes.GetAllLabelValues().Select(labels => labels[0]).Where(region => !counts.ContainsKey(region)))
        {
            nodes.RemoveLabelled(gone);
        }

        foreach (var (region, count) in counts)
        {
            nodes.WithLabels(region).Set(count);
        }
    }

    /// <summary>Tells when the certificate that is served expires, and when that of its CA does, where it is known.</summary>
    public void CertificateServed(DateTimeOffset expiry, DateTimeOffset? authorityExpiry)
    {
        certificateExpiry.WithLabels("serving").Set(expiry.ToUnixTimeSeconds());
        if (authorityExpiry is { } known)
        {
            certificateExpiry.WithLabels("ca").Set(known.ToUnixTimeSeconds());
        }
        else
        {
            certificateExpiry.RemoveLabelled("ca");
        }
    }

    /// <summary>Writes the page that Prometheus scrapes.</summary>
    public Task WriteAsync(Stream output, ExpositionFormat format, CancellationToken cancellation) =>
        registry.CollectAndExportAsTextAsync(output, format, cancellation);

    /// <summary>
    /// A counter that begins at its first event hides that event from <c>rate()</c>. So there is a zero of each
    /// decision, and of what is so rare that its first time is already worth an alert.
    /// </summary>
    private void PublishZeros()
    {
        foreach (var webhook in Enum.GetValues<Webhook>())
        {
            duration.WithLabels(webhook.Name()).Publish();
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

        foreach (var result in ReloadResults)
        {
            configReloads.WithLabels(result).Publish();
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
