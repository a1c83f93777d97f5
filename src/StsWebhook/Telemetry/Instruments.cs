using Prometheus;

namespace StsWebhook.Telemetry;

/// <summary>
/// Creates the metrics of a registry and lists them, so that <c>docs/observability.md</c> is generated from the list. Create
/// all metrics on one thread.
/// </summary>
internal sealed class Instruments(CollectorRegistry registry)
{
    private readonly MetricFactory factory = Create(registry);
    private readonly List<Collector> all = [];

    /// <summary>All metrics, in the order of their creation.</summary>
    public IReadOnlyList<Collector> All => all;

    /// <summary>Creates a counter.</summary>
    /// <param name="name">The name, with its unit and <c>_total</c>.</param>
    /// <param name="help">The meaning in one sentence.</param>
    /// <param name="labels">The names of the labels.</param>
    /// <param name="exemplars">Adds exemplars; null for none.</param>
    public Counter Counter(string name, string help, string[] labels, ExemplarBehavior? exemplars = null) =>
        Add(factory.CreateCounter(name, help, labels, new CounterConfiguration { ExemplarBehavior = exemplars }));

    /// <summary>Creates a gauge.</summary>
    /// <param name="name">The name, with its unit.</param>
    /// <param name="help">The meaning in one sentence.</param>
    /// <param name="labels">The names of the labels.</param>
    public Gauge Gauge(string name, string help, string[] labels) => Add(factory.CreateGauge(name, help, labels));

    /// <summary>Creates a histogram.</summary>
    /// <param name="name">The name, with its unit.</param>
    /// <param name="help">The meaning in one sentence.</param>
    /// <param name="labels">The names of the labels.</param>
    /// <param name="buckets">The upper bounds of the buckets.</param>
    /// <param name="exemplars">Adds exemplars.</param>
    public Histogram Histogram(string name, string help, string[] labels, double[] buckets, ExemplarBehavior exemplars) =>
        Add(factory.CreateHistogram(
            name, help, labels, new HistogramConfiguration { Buckets = buckets, ExemplarBehavior = exemplars }));

    private T Add<T>(T metric)
        where T : Collector
    {
        all.Add(metric);
        return metric;
    }

    private static MetricFactory Create(CollectorRegistry registry)
    {
        var created = Prometheus.Metrics.WithCustomRegistry(registry);
        created.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        return created;
    }
}
