using System.Globalization;

namespace StsWebhook.Demo;

/// <summary>A metrics page.</summary>
internal sealed class Scrape(string page)
{
    private readonly Dictionary<string, double> samples = page
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .ToDictionary(
            line => line[..line.LastIndexOf(' ')],
            line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

    /// <summary>The counters that increased since <paramref name="before"/>; only the count of histograms.</summary>
    public IEnumerable<string> Since(Scrape before) =>
        from sample in samples
        let rise = sample.Value - before.samples.GetValueOrDefault(sample.Key)
        where rise > 0 && !sample.Key.Contains("_bucket{", StringComparison.Ordinal) && !sample.Key.Contains("_sum{", StringComparison.Ordinal)
        select string.Create(CultureInfo.InvariantCulture, $"{sample.Key} +{rise}");
}
