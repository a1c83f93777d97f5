using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>Fields that must not change between two versions of the chart: Kubernetes rejects a changed selector.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public void Selectors_AreNameAndInstanceInEveryVersion()
    {
        using var folder = new TemporaryFolder();
        var chart = Copy(Repository.Chart, folder["chart"]);
        var file = Path.Combine(chart, "Chart.yaml");
        var current = YamlParser.Parse(File.ReadAllText(file)).Single()["version"]!.ToString();
        File.WriteAllText(file, File.ReadAllText(file).Replace(current, "9.9.9", StringComparison.Ordinal));
        var next = RenderedManifests.Parse(Helm.Run(["template", "sts-webhook", chart, "--namespace", Helm.Namespace, .. Helm.Ci("policy")]).OutputOrThrow());

        foreach (var manifests in (RenderedManifests[])[Helm.Template(), next])
        {
            var selectors = new[]
            {
                manifests.Only<V1Deployment>().Spec.Selector.MatchLabels,
                manifests.All<V1Service>().Single(s => s.Metadata.Name == "sts-webhook").Spec.Selector,
                manifests.All<V1Service>().Single(s => s.Metadata.Name == "sts-webhook-metrics").Spec.Selector,
                manifests.Only<V1PodDisruptionBudget>().Spec.Selector.MatchLabels,
            };
            Assert.All(selectors, s => Assert.Equal(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["app.kubernetes.io/name"] = "sts-webhook",
                    ["app.kubernetes.io/instance"] = "sts-webhook",
                },
                s));
        }

        Assert.Equal("9.9.9", next.Only<V1Deployment>().Metadata.Labels["app.kubernetes.io/version"]);
    }

    [Fact]
    public void Selectors_MatchThePodsOfTheProgramAndNotOfTheTest()
    {
        var manifests = Helm.Template(Helm.Ci("labels"));
        var selector = manifests.Only<V1Deployment>().Spec.Selector;

        Assert.True(Selector.Matches(selector, manifests.Only<V1Deployment>().Spec.Template.Metadata.Labels.AsReadOnly()));
        Assert.False(Selector.Matches(selector, manifests.All<V1Job>().Single().Spec.Template.Metadata.Labels.AsReadOnly()));
    }

    private static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }
}
