using System.Globalization;

namespace StsWebhook.Tests.Observability;

/// <summary>What a Prometheus answers to all that the dashboard asks.</summary>
internal sealed class DashboardRecord
{
    /// <summary>How many points a line has at most.</summary>
    private const int Points = 100;

    /// <summary>What every expression came to, panel by panel.</summary>
    public List<PanelData> Panels { get; } = [];

    /// <summary>How many series every expression came to with a pod chosen that does not exist.</summary>
    public List<(string Expression, int Series)> Elsewhere { get; } = [];

    /// <summary>What the variables of the dashboard can be chosen from.</summary>
    public Dictionary<string, string[]> Choices { get; } = new(StringComparer.Ordinal);

    /// <summary>The traces that exemplars name.</summary>
    public HashSet<string> ExemplarTraces { get; } = new(StringComparer.Ordinal);

    /// <summary>Asks for the time from <paramref name="started"/> until now.</summary>
    public async Task TakeAsync(PrometheusServer prometheus, DateTimeOffset started)
    {
        var now = TimeProvider.System.GetUtcNow();
        var dashboard = Dashboard.Read();
        foreach (var panel in dashboard.Charts)
        {
            Panels.Add(new PanelData(panel, await AskAsync(prometheus, panel, started, now)));
        }

        foreach (var variable in dashboard.Json.GetProperty("templating").GetProperty("list").EnumerateArray().Where(v => v.GetProperty("type").GetString() == "query"))
        {
            Choices[variable.GetProperty("name").GetString()!] = await ChoicesAsync(prometheus, variable.GetProperty("definition").GetString()!);
        }

        foreach (var series in (await prometheus.GetAsync(
            "query_exemplars",
            ("query", "sts_webhook_admission_duration_seconds_bucket"),
            ("start", started.ToString("O", CultureInfo.InvariantCulture)),
            ("end", now.ToString("O", CultureInfo.InvariantCulture)))).EnumerateArray())
        {
            ExemplarTraces.UnionWith(series.GetProperty("exemplars").EnumerateArray()
                .Select(exemplar => exemplar.GetProperty("labels").GetProperty("trace_id").GetString()!));
        }
    }

    /// <summary>What <c>label_values(METRIC{…}, LABEL)</c> offers, by the request that Grafana makes of it.</summary>
    private static async Task<string[]> ChoicesAsync(PrometheusServer prometheus, string definition)
    {
        var query = definition["label_values(".Length..^1];
        var (metric, label) = (query[..query.LastIndexOf(',')], query[(query.LastIndexOf(',') + 1)..].Trim());
        var values = await prometheus.GetAsync(
            $"label/{label}/values",
            ("match[]", metric.Replace("$cluster", ".*", StringComparison.Ordinal).Replace("$namespace", ".*", StringComparison.Ordinal)));
        return [.. values.EnumerateArray().Select(value => value.GetString()!)];
    }

    private async Task<List<(Dashboard.Target Target, IReadOnlyList<Series> Series)>> AskAsync(
        PrometheusServer prometheus, Dashboard.Panel panel, DateTimeOffset started, DateTimeOffset now)
    {
        var range = now - started;
        var answers = new List<(Dashboard.Target, IReadOnlyList<Series>)>();
        foreach (var target in panel.Targets)
        {
            answers.Add((target, target.IsInstant
                ? await prometheus.QueryAsync(target.With(range))
                : await prometheus.QueryRangeAsync(target.With(range), started, now, Math.Max(1, (int)range.TotalSeconds / Points))));
            Elsewhere.Add((target.Expression, (await prometheus.QueryAsync(target.With(range, pod: "another-pod"))).Count));
        }

        return answers;
    }
}
