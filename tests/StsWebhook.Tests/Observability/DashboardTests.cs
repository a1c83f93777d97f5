using System.Text.Json;
using Xunit;

namespace StsWebhook.Tests.Observability;

/// <summary>The dashboard as Grafana reads it.</summary>
public sealed class DashboardTests
{
    private static readonly Dashboard Shipped = Dashboard.Read();

    [Fact]
    public async Task Panels_NameOnlyMetricsThatAreExposed()
    {
        var exposed = await ExposedMetrics.ReadAsync();

        var unknown = from panel in Shipped.Charts
                      from target in panel.Targets
                      from metric in PromQl.Metrics(target.Expression)
                      where !exposed.Contains(metric)
                      select $"{panel.Title}: {metric}";
        Assert.Empty(unknown);
        Assert.All(Shipped.Charts.SelectMany(panel => panel.Targets), target => Assert.NotEmpty(PromQl.Metrics(target.Expression)));
    }

    [Fact]
    public async Task Metrics_ThatAreExposed_AreOnAPanel()
    {
        string[] notShown = ["sts_webhook_admission_duration_seconds_sum", "sts_webhook_admission_duration_seconds_count"];
        var shown = Shipped.Charts.SelectMany(panel => panel.Targets).SelectMany(target => PromQl.Metrics(target.Expression));

        Assert.Equal(notShown.Order(StringComparer.Ordinal), (await ExposedMetrics.ReadAsync()).Except(shown, StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Panels_HaveADescriptionAndAUnit()
    {
        Assert.All(Shipped.Charts, panel =>
        {
            Assert.False(string.IsNullOrWhiteSpace(panel.Json.GetProperty("description").GetString()), panel.Title);
            Assert.False(string.IsNullOrWhiteSpace(panel.Unit), panel.Title);
        });
        Assert.Equal(Shipped.Panels.Count, Shipped.Panels.Select(panel => panel.Json.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void Panels_AskTheChosenDataSource()
    {
        var sources = Shipped.Charts.SelectMany(panel => panel.Json.GetProperty("targets").EnumerateArray().Append(panel.Json));

        Assert.All(sources, source => Assert.Equal("${datasource}", source.GetProperty("datasource").GetProperty("uid").GetString()));
        Assert.Single(
            Shipped.Json.GetProperty("templating").GetProperty("list").EnumerateArray(),
            variable => variable.GetProperty("type").GetString() == "datasource" && variable.GetProperty("name").GetString() == "datasource");
    }

    [Fact]
    public void Panels_StandSideBySide()
    {
        var taken = new HashSet<(int, int)>();
        foreach (var panel in Shipped.Panels)
        {
            var (x, y, width, height) = panel.Grid;
            Assert.InRange(x + width, 1, 24);
            foreach (var cell in from column in Enumerable.Range(x, width) from row in Enumerable.Range(y, height) select (column, row))
            {
                Assert.True(taken.Add(cell), panel.Title);
            }
        }
    }

    [Fact]
    public void Rows_AreThoseThatAnOperatorLooksFor() => Assert.Equal(
        [
            "Overview", "Mutations", "Rejections and findings", "Skipped containers", "Latency", "Errors", "Certificates and nodes",
            "Process", "Replicas",
        ],
        Shipped.Panels.Where(panel => panel.Kind == "row").Select(panel => panel.Title),
        StringComparer.Ordinal);

    [Fact]
    public void Legends_NameLabelsThatTheirExpressionsKeep()
    {
        foreach (var target in Shipped.Charts.SelectMany(panel => panel.Targets).Where(target => target.Expression.Contains(" by (", StringComparison.Ordinal)))
        {
            var kept = target.Expression.Split(" by (")[1].Split(')')[0].Split(", ");
            var named = target.Legend.Split("{{").Skip(1).Select(part => part.Split("}}")[0]);
            Assert.Subset(kept.ToHashSet(StringComparer.Ordinal), named.ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void File_IsNoExportOfSomebodysGrafana()
    {
        Assert.False(Shipped.Json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number);
        Assert.Equal("sts-webhook", Shipped.Json.GetProperty("uid").GetString());
    }
}
