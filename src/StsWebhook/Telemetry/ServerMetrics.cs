using Prometheus;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>All instruments, on a registry of their own.</summary>
internal sealed class ServerMetrics
{
    private const string None = "none";

    private static readonly string[] ReloadResults = ["success", "failure"];

    private readonly CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly Counter configReloads;
    private readonly Counter watchRestarts;
    private readonly Gauge nodes;
    private readonly Gauge certificateExpiry;

    /// <summary>Makes the instruments.</summary>
    /// <param name="byNamespace">Whether mutations and violations are also told apart by namespace.</param>
    public ServerMetrics(bool byNamespace)
    {
        var factory = Prometheus.Metrics.WithCustomRegistry(registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        ProcessMetrics.AddTo(registry, factory);
        Reviews = new ReviewMetrics(factory, byNamespace);
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
        foreach (var result in ReloadResults)
        {
            // So rare that its first time is already worth an alert, which a series that begins with it would hide.
            configReloads.WithLabels(result).Publish();
        }
    }

    /// <summary>What is counted of reviews.</summary>
    public ReviewMetrics Reviews { get; }

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
}
