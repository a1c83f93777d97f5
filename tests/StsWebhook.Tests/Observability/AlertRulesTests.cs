using StsWebhook.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace StsWebhook.Tests.Observability;

/// <summary>The rules that the chart ships, their cases, and what the runbook says about them.</summary>
public sealed class AlertRulesTests
{
    private const string Runbook = "https://github.com/sts-webhook/sts-webhook/blob/main/docs/runbook.md#";

    private static readonly string[] Severities = ["critical", "warning", "info"];

    private static readonly AlertRules Shipped = AlertRules.Read();
    private static readonly string Cases = Repository.PathOf("tests/StsWebhook.Tests/Observability/alerts.test.yaml");

    [Fact]
    public async Task Rules_NameOnlyMetricsThatAreExposed()
    {
        var known = (await ExposedMetrics.ReadAsync()).Concat(Shipped.Recorded.Select(rule => rule.Name)).Concat(ClusterFigures.Metrics).ToHashSet(StringComparer.Ordinal);

        var unknown = from rule in Shipped.Recorded.Concat(Shipped.Alerts)
                      from metric in PromQl.Metrics(rule.Expression)
                      where !known.Contains(metric)
                      select $"{rule.Name}: {metric}";
        Assert.Empty(unknown);
    }

    [Fact]
    public void Recorded_AreUsed()
    {
        var used = Shipped.Alerts.SelectMany(alert => PromQl.Metrics(alert.Expression)).ToHashSet(StringComparer.Ordinal);

        Assert.All(Shipped.Recorded, rule => Assert.Contains(rule.Name, used));
    }

    [Fact]
    public void Alerts_HaveASeverityASummaryAndASectionOfTheRunbook()
    {
        var headings = File.ReadLines(Repository.PathOf("docs/runbook.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).ToArray();

        Assert.All(Shipped.Alerts, alert =>
        {
            Assert.Contains(alert.Label("severity"), Severities, StringComparer.Ordinal);
            Assert.NotNull(alert.Annotation("summary"));
            Assert.NotNull(alert.Annotation("description"));
            Assert.Equal(Runbook + alert.Name.ToLowerInvariant(), alert.Annotation("runbook_url"));
        });
        Assert.Equal(Shipped.Alerts.Select(alert => alert.Name), headings.Where(heading => heading.StartsWith("StsWebhook", StringComparison.Ordinal)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Rules_ForPromtool_AreSound()
    {
        var (exitCode, said) = await Promtool.RunAsync(["check", "rules", "--lint-fatal", Repository.Alerts]);

        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public async Task Cases_ForPromtool_ComeOutAsTheySay()
    {
        var (exitCode, said) = await Promtool.RunAsync(["test", "rules", Cases]);

        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public void Cases_OfEachAlert_FireAndStaySilent()
    {
        var cases = AlertRules.Yaml(Cases)["tests"].Sequence().SelectMany(test => test["alert_rule_test"].Sequence())
            .ToLookup(test => test.Text("alertname"), test => ((YamlSequenceNode)test["exp_alerts"]).Children.Count > 0, StringComparer.Ordinal);

        Assert.All(Shipped.Alerts, alert => Assert.Equal([false, true], cases[alert.Name].Distinct().Order()));
    }
}
