using System.Globalization;

namespace StsWebhook.Tests.Support;

/// <summary>A page of metrics: series and their values.</summary>
public sealed class MetricsPage
{
    private readonly Dictionary<string, double> values;

    private MetricsPage(string text, Dictionary<string, double> values)
    {
        Text = text;
        this.values = values;
    }

    public string Text { get; }

    /// <summary>Every series, as <c>name{label="value",…}</c>.</summary>
    public IReadOnlyCollection<string> Series => values.Keys;

    public static MetricsPage Parse(string text) => new(text, text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .ToDictionary(
            line => line[..line.LastIndexOf(' ')],
            line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture),
            StringComparer.Ordinal));

    public IEnumerable<string> Of(string metric) => Series.Where(series => series.Split('{')[0] == metric);

    /// <summary>The sum of the metric's series with these labels, each written as <c>label=value</c>.</summary>
    public double Sum(string metric, params string[] labels) => Of(metric)
        .Where(series => labels.All(label => Has(series, label)))
        .Sum(series => values[series]);

    private static bool Has(string series, string label)
    {
        var (name, value) = (label.Split('=')[0], label[(label.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return series.Contains($"{{{name}=\"{value}\"", StringComparison.Ordinal)
            || series.Contains($",{name}=\"{value}\"", StringComparison.Ordinal);
    }
}
