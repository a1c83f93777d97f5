using Prometheus;
using StsWebhook.Core.Regions;

namespace StsWebhook.Telemetry;

/// <summary>All metrics, in a registry of their own. Safe for use by several threads.</summary>
internal sealed class ServerMetrics
{
    /// <summary>A connection without a valid request was closed after some seconds.</summary>
    public const string Idle = "idle";

    /// <summary>A connection was closed at the limit, to accept another one.</summary>
    public const string Evicted = "evicted";

    /// <summary>A new connection was closed at the limit, because all others were in use.</summary>
    public const string Refused = "refused";

    private const string None = "none";

    private static readonly string[] ReloadResults = ["success", "failure"];

    private static readonly string[] Ports = ["admission", "management"];

    private readonly CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly Counter configReloads;
    private readonly Counter watchRestarts;
    private readonly Counter closedConnections;
    private readonly Gauge nodes;
    private readonly Gauge certificateExpiry;

    /// <summary>Creates the metrics.</summary>
    /// <param name="byNamespace">Whether mutated pods and violations have the label <c>namespace</c>.</param>
    public ServerMetrics(bool byNamespace)
    {
        var instruments = new Instruments(registry);
        Reviews = new ReviewMetrics(instruments, byNamespace);
        nodes = instruments.Gauge(
            "sts_webhook_nodes", "Nodes by region; region none counts the nodes whose region cannot be determined.", ["region"]);
        certificateExpiry = instruments.Gauge(
            "sts_webhook_certificate_expiry_timestamp_seconds",
            "Expiry of the serving certificate and, if known, of its CA, in seconds since 1970.",
            ["certificate"]);
        watchRestarts = instruments.Counter(
            "sts_webhook_watch_restarts_total",
            "Failed and restarted watches of the API server, with the lists before them.",
            ["resource"]);
        closedConnections = instruments.Counter(
            "sts_webhook_closed_connections_total",
            "Connections closed by the limits: idle without a valid request, or evicted or refused at the maximum number.",
            ["port", "reason"]);
        configReloads = instruments.Counter("sts_webhook_config_reloads_total", "Reloads of the settings file.", ["result"]);
        instruments.Gauge("sts_webhook_build_info", "Version and commit of the running build; always 1.", ["version", "commit"])
            .WithLabels(BuildInfo.Version, BuildInfo.Commit).Set(1);
        ProcessMetrics.AddTo(registry, instruments);
        foreach (var result in ReloadResults)
        {
            // The first failure is already worth an alert, and rate() does not see the first event of a new series.
            configReloads.WithLabels(result).Publish();
        }

        foreach (var port in Ports)
        {
            foreach (var reason in new[] { Idle, Evicted, Refused })
            {
                closedConnections.WithLabels(port, reason).Publish();
            }
        }

        All = instruments.All;
    }

    /// <summary>All metrics, for the documentation.</summary>
    public IReadOnlyList<Collector> All { get; }

    /// <summary>The metrics of reviews.</summary>
    public ReviewMetrics Reviews { get; }

    /// <summary>Counts a reload of the settings file.</summary>
    public void ConfigReloaded(bool succeeded) => configReloads.WithLabels(ReloadResults[succeeded ? 0 : 1]).Inc();

    /// <summary>Counts a connection that the limits closed.</summary>
    /// <param name="port">The port: <c>admission</c> or <c>management</c>.</param>
    /// <param name="reason"><see cref="Idle"/>, <see cref="Evicted"/> or <see cref="Refused"/>.</param>
    public void ConnectionClosed(string port, string reason) => closedConnections.WithLabels(port, reason).Inc();

    /// <summary>Publishes a zero for a watch that has not failed yet.</summary>
    public void WatchStarted(string resource) => watchRestarts.WithLabels(resource).Publish();

    /// <summary>Counts a failed watch.</summary>
    public void WatchRestarted(string resource) => watchRestarts.WithLabels(resource).Inc();

    /// <summary>Sets the number of nodes of each region. A region without nodes has no series.</summary>
    public void NodesKnown(NodeTable table)
    {
        var counts = new Dictionary<string, int>(table.NodesByRegion, StringComparer.Ordinal);
        var withoutRegion = table.Nodes.Count - counts.Values.Sum();
        if (withoutRegion > 0)
        {
            counts[None] = withoutRegion;
        }

        foreach (var emptied in nodes.GetAllLabelValues().Select(labels => labels[0]).Where(known => !counts.ContainsKey(known)))
        {
            nodes.RemoveLabelled(emptied);
        }

        foreach (var (region, count) in counts)
        {
            nodes.WithLabels(region).Set(count);
        }
    }

    /// <summary>Sets the expiry of the serving certificate and of its CA.</summary>
    /// <param name="expiry">The expiry of the serving certificate.</param>
    /// <param name="authorityExpiry">The expiry of its CA; null if the CA is not known.</param>
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

    /// <summary>Writes all metrics in a text format of Prometheus.</summary>
    public Task WriteAsync(Stream output, ExpositionFormat format, CancellationToken cancellation) =>
        registry.CollectAndExportAsTextAsync(output, format, cancellation);
}
