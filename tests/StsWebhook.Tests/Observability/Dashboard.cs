using System.Text.Json;
using StsWebhook.Tests.Support;

namespace StsWebhook.Tests.Observability;

/// <summary>The Grafana dashboard that the chart ships.</summary>
internal sealed class Dashboard
{
    /// <summary>What Grafana would put in for <c>$__rate_interval</c>: some times the scrape interval, which is 1 s here.</summary>
    private const string RateInterval = "10s";

    private Dashboard(JsonElement json)
    {
        Json = json;
        Panels = [.. json.GetProperty("panels").EnumerateArray().Select(panel => new Panel(panel))];
    }

    public JsonElement Json { get; }

    public IReadOnlyList<Panel> Panels { get; }

    /// <summary>The panels that show data.</summary>
    public IEnumerable<Panel> Charts => Panels.Where(panel => panel.Kind != "row");

    public static Dashboard Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.Dashboard));
        return new Dashboard(json.RootElement.Clone());
    }

    /// <summary>One panel.</summary>
    internal sealed class Panel(JsonElement json)
    {
        public JsonElement Json => json;

        public string Kind => json.GetProperty("type").GetString()!;

        public string Title => json.GetProperty("title").GetString()!;

        public string Unit => json.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!;

        public bool IsStacked => json.GetProperty("fieldConfig").GetProperty("defaults").TryGetProperty("custom", out var custom)
            && custom.TryGetProperty("stacking", out var stacking) && stacking.GetProperty("mode").GetString() == "normal";

        public IEnumerable<Target> Targets => json.GetProperty("targets").EnumerateArray().Select(target => new Target(target));

        /// <summary>Place and size: columns of 24, rows of Grafana's height.</summary>
        public (int X, int Y, int Width, int Height) Grid
        {
            get
            {
                var grid = json.GetProperty("gridPos");
                return (grid.GetProperty("x").GetInt32(), grid.GetProperty("y").GetInt32(), grid.GetProperty("w").GetInt32(), grid.GetProperty("h").GetInt32());
            }
        }
    }

    /// <summary>One expression of a panel.</summary>
    internal sealed class Target(JsonElement json)
    {
        public string Expression => json.GetProperty("expr").GetString()!;

        public string Legend => json.GetProperty("legendFormat").GetString()!;

        public bool IsInstant => json.TryGetProperty("instant", out var instant) && instant.GetBoolean();

        /// <summary>The expression as Grafana sends it.</summary>
        public string With(TimeSpan range, string pod = ".*") => Expression
            .Replace("$__rate_interval", RateInterval, StringComparison.Ordinal)
            .Replace("$__range", $"{(int)range.TotalSeconds}s", StringComparison.Ordinal)
            .Replace("$cluster", ".*", StringComparison.Ordinal)
            .Replace("$namespace", ".*", StringComparison.Ordinal)
            .Replace("$pod", pod, StringComparison.Ordinal);
    }
}
