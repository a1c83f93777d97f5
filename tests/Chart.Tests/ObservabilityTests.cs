using System.Text.Json.Nodes;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>Alerts and dashboard are rendered unchanged from <c>files/</c>.</summary>
public sealed class ObservabilityTests
{
    private const string TooFewReplicas = "StsWebhookTooFewReplicas";

    private static readonly JsonObject Shipped = YamlParser.Parse(Repository.Text("charts/sts-webhook/files/alerts.yaml")).Single();

    [Fact]
    public void PrometheusRule_IsTheFile()
    {
        var rendered = Rule("--set", "metrics.prometheusRule.enabled=true")["spec"]!;

        Assert.True(JsonNode.DeepEquals(Shipped, rendered), rendered.ToJsonString());
    }

    [Fact]
    public void PrometheusRule_LeavesOutWhatIsDisabled_AndNamesItsOwnRunbook()
    {
        var rule = Rule(Helm.Ci("prometheus-rule"));

        Assert.Equal("kube-prometheus-stack", (string?)rule["metadata"]!["labels"]!["release"]);
        Assert.Equal(Alerts(Shipped).Except(["StsWebhookRejectionsRising"], StringComparer.Ordinal), Alerts(rule["spec"]!), StringComparer.Ordinal);
        Assert.All(
            Rules(rule["spec"]!).Where(r => r["alert"] is not null),
            r => Assert.Equal($"https://wiki.example.com/sts-webhook#{((string)r["alert"]!).ToLowerInvariant()}", (string?)r["annotations"]!["runbook_url"]));
    }

    [Theory]
    [InlineData("replicas=1", false)]
    [InlineData("replicas=1,autoscaling.enabled=true", true)]
    [InlineData("replicas=2", true)]
    public void PrometheusRule_OfOneReplica_DoesNotRequireTwo(string values, bool expected)
    {
        var rule = Rule("--set", $"metrics.prometheusRule.enabled=true,podDisruptionBudget.enabled=false,{values}");

        Assert.Equal(expected, Alerts(rule["spec"]!).Contains(TooFewReplicas, StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_KnowsEveryAlert()
    {
        var schema = JsonNode.Parse(Repository.Text("charts/sts-webhook/values.schema.json"))!;
        var names = schema["properties"]!["metrics"]!["properties"]!["prometheusRule"]!["properties"]!["disabled"]!["items"]!["enum"]!.AsArray();

        Assert.Equal(Alerts(Shipped), names.Select(name => (string)name!), StringComparer.Ordinal);
    }

    [Fact]
    public void Dashboard_IsTheFile()
    {
        var config = Helm.Template(Helm.Ci("dashboards")).All<V1ConfigMap>().Single(c => c.Name() == "sts-webhook-dashboard");

        Assert.Equal("monitoring", config.Namespace());
        Assert.Equal("1", config.Labels()["grafana_dashboard"]);
        Assert.Equal("AWS", config.Annotations()["grafana_folder"]);
        Assert.Equal(Repository.Text("charts/sts-webhook/files/dashboard.json"), config.Data["sts-webhook.json"]);
    }

    private static JsonObject Rule(params string[] options) =>
        Helm.Template(options).CustomResources.Single(r => (string?)r["kind"] == "PrometheusRule");

    private static IEnumerable<string> Alerts(JsonNode spec) =>
        Rules(spec).Where(rule => rule["alert"] is not null).Select(rule => (string)rule["alert"]!);

    private static IEnumerable<JsonNode> Rules(JsonNode spec) =>
        spec["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!);
}
