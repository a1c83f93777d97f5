using System.Text.RegularExpressions;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

public sealed partial class RenderingTests
{
    public static TheoryData<string> Features => Helm.Features;

    [Theory]
    [MemberData(nameof(Features))]
    public void Chart_WithAFeature_RendersObjectsOfKnownFieldsOnce(string feature)
    {
        var documents = Helm.Template(Helm.Ci(feature)).Documents;

        Assert.NotEmpty(documents);
        Assert.Equal(documents.Count, documents
            .Select(d => (d["kind"]!.ToString(), d["metadata"]!["namespace"]?.ToString(), d["metadata"]!["name"]!.ToString()))
            .Distinct().Count());
        Assert.All(documents, d => Assert.Matches(Name, d["metadata"]!["name"]!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Lint_WithAFeature_HasNoMessages(string feature)
    {
        var outcome = Helm.Run(["lint", "--strict", Repository.Chart, .. Helm.Ci(feature)]);

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.DoesNotContain("[WARNING]", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("funcMap fail", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void EveryObject_HasTheRecommendedLabels(string feature)
    {
        foreach (var document in Helm.Template(Helm.Ci(feature)).Documents)
        {
            var labels = document["metadata"]!["labels"]!.AsObject();
            Assert.All(
                ["name", "instance", "version", "component", "part-of", "managed-by"],
                label => Assert.NotNull(labels["app.kubernetes.io/" + label]));
            Assert.StartsWith("sts-webhook-", labels["helm.sh/chart"]!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void CommonLabelsAndAnnotations_AreOnEveryObjectAndPod()
    {
        var manifests = Helm.Template(Helm.Ci("labels"));

        Assert.All(manifests.Documents, d =>
        {
            Assert.Equal("platform", d["metadata"]!["labels"]!["team"]?.ToString());
            Assert.Equal("platform", d["metadata"]!["annotations"]!["example.com/owner"]?.ToString());
        });
        var pod = manifests.Only<V1Deployment>().Spec.Template.Metadata;
        Assert.Equal("internal", pod.Labels["network"]);
        Assert.Equal("json", pod.Annotations["example.com/log"]);
    }

    [Fact]
    public void LongestReleaseName_GivesNamesThatKubernetesAllows()
    {
        var outcome = Helm.Run("template", new string('r', 53), Repository.Chart, "--namespace", "ns", "--set", "celBackstop.enabled=true");

        Assert.All(RenderedManifests.Parse(outcome.OutputOrThrow()).Documents, d => Assert.True(d["metadata"]!["name"]!.ToString().Length <= 63));
    }

    [Fact]
    public void Digest_ReplacesTheTag()
    {
        Assert.Equal(
            "registry.example.com/sts-webhook@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            Container(Helm.Template([.. Helm.Ci("labels"), "--set-string", "image.tag=9"])).Image);
        Assert.EndsWith(":0.9", Container(Helm.Template("--set-string", "image.tag=0.9")).Image, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_AreThoseOfTheProgram()
    {
        var chart = YamlParser.Parse(Repository.Text("charts/sts-webhook/Chart.yaml")).Single();
        var version = VersionPrefix().Match(Repository.Text("Directory.Build.props")).Groups["version"].Value;

        Assert.Equal(version, (string?)chart["appVersion"]);
        Assert.Equal("ghcr.io/sts-webhook/sts-webhook:" + version, Container(Helm.Template()).Image);
    }

    [Fact]
    public void WebhookOutsideTheCluster_LeavesOnlyTheConfigurations()
    {
        var manifests = Helm.Template(Helm.Ci("outside"));

        Assert.Equal(
            ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
            manifests.Documents.Where(d => d["metadata"]!["annotations"]?["helm.sh/hook"] is null)
                .Select(d => d["kind"]!.ToString()).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.All(manifests.All<V1MutatingWebhookConfiguration>().SelectMany(c => c.Webhooks), w =>
        {
            Assert.Null(w.ClientConfig.Service);
            Assert.StartsWith("https://sts-webhook.example.com:8443/", w.ClientConfig.Url, StringComparison.Ordinal);
            Assert.DoesNotContain("8443//", w.ClientConfig.Url, StringComparison.Ordinal);
            Assert.NotEmpty(w.ClientConfig.CaBundle);
        });
    }

    private static V1Container Container(RenderedManifests manifests) => manifests.Only<V1Deployment>().Spec.Template.Spec.Containers.Single();

    private const string Name = "^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$";

    [GeneratedRegex("<VersionPrefix>(?<version>.*?)</VersionPrefix>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPrefix();
}
