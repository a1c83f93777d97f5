using System.Xml.Linq;
using StsWebhook.Tests.Observability.Picture;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Observability;

/// <summary>Dashboard and alerts, asked of the real Prometheus about real replicas.</summary>
[Trait("Speed", "RealTime")]
public sealed class PrometheusTests(PrometheusRun run) : IClassFixture<PrometheusRun>
{
    [Fact]
    public void Panels_EachExpression_HasData()
    {
        run.Demand();

        Assert.Equal(Dashboard.Read().Charts.Count(), run.Dashboard.Panels.Count);
        var empty = from panel in run.Dashboard.Panels
                    from answer in panel.Answers
                    where !answer.Series.Any(series => series.Values.Any(v => double.IsFinite(v.Value)))
                    select $"{panel.Panel.Title}: {answer.Target.Expression}";
        Assert.Empty(empty);
    }

    [Fact]
    public void Panels_OfAPodThatIsNotThere_AreEmpty()
    {
        run.Demand();

        Assert.NotEmpty(run.Dashboard.Elsewhere);
        Assert.All(run.Dashboard.Elsewhere, answer => Assert.True(answer.Series == 0, answer.Expression));
    }

    [Fact]
    public void Variables_OfTheDashboard_CanBeChosen()
    {
        run.Demand();

        Assert.Equal(["blue"], run.Dashboard.Choices["cluster"]);
        Assert.Equal(["sts-webhook"], run.Dashboard.Choices["namespace"]);
        Assert.Equal(2, run.Dashboard.Choices["pod"].Length);
    }

    [Fact]
    public void Alerts_EachExpression_HoldsWhenItShould()
    {
        run.Demand();

        Assert.Equal(AlertRules.Read().Alerts.Select(a => a.Name).Order(StringComparer.Ordinal), run.Alerts.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Empty(run.RuleErrors);
        Assert.Equal(ClusterFigures.Forgotten, Assert.Single(run.Alerts["StsWebhookNothingMutated"]).Labels["namespace"]);
        Assert.Equal("bind", Assert.Single(run.Alerts["StsWebhookSlow"]).Labels["webhook"]);
        Assert.All(run.Alerts["StsWebhookWatchBroken"], series => Assert.Equal("nodes", series.Labels["resource"]));
    }

    [Fact]
    public void Exemplars_OfSampledReviews_NameTheirTraces()
    {
        run.Demand();

        Assert.NotEmpty(run.Dashboard.ExemplarTraces);
        Assert.All(run.Dashboard.ExemplarTraces, trace => Assert.Equal(32, trace.Length));
    }

    [Fact]
    public void Picture_OfTheDashboard_HasEveryPanel()
    {
        run.Demand();
        var dashboard = Dashboard.Read();
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts/pictures")).FullName;

        var whole = DashboardPicture.Draw(dashboard, run.Dashboard.Panels);
        File.WriteAllText(Path.Combine(folder, "dashboard.svg"), whole);
        File.WriteAllText(
            Path.Combine(folder, "dashboard-overview.svg"),
            DashboardPicture.Draw(dashboard, run.Dashboard.Panels, "Overview", "Mutations", "Rejections and findings"));

        var texts = XDocument.Parse(whole).Descendants(XName.Get("text", "http://www.w3.org/2000/svg")).Select(text => text.Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(dashboard.Panels, panel => Assert.Contains(panel.Title, texts));
        Assert.DoesNotContain("–", texts, StringComparer.Ordinal);
    }
}
