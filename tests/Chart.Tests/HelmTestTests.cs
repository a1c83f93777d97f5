using System.Text.Json.Nodes;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The check of <c>helm test</c>, run by the real kubectl on pod manifests instead of a cluster.</summary>
public sealed class HelmTestTests
{
    [Theory]
    [InlineData("regional", 0, "injected: AWS_STS_REGIONAL_ENDPOINTS")]
    [InlineData("legacy", 1, "AWS_STS_REGIONAL_ENDPOINTS is not injected")]
    [InlineData(null, 1, "AWS_STS_REGIONAL_ENDPOINTS is not injected")]
    public void Check_OfThePodThatTheServerAnswers_FailsWithoutTheVariable(string? value, int exitCode, string expected)
    {
        var kubectl = Repository.PathOf(".tools/bin/kubectl");
        var files = Helm.Template().All<V1ConfigMap>().Single(c => c.Metadata.Name == "sts-webhook-test").Data;
        var pod = YamlParser.Parse(files["pod.yaml"]).Single();
        if (value is not null)
        {
            pod["spec"]!["containers"]![0]!["env"] = new JsonArray(new JsonObject { ["name"] = "AWS_STS_REGIONAL_ENDPOINTS", ["value"] = value });
        }

        using var folder = new TemporaryFolder();
        var outcome = CommandLine.Run(
            kubectl,
            "label", "--local", $"--filename={folder.Write("pod.json", pod.ToJsonString())}", "a=b",
            "--output=go-template-file", $"--template={folder.Write("check.gotemplate", files["check.gotemplate"])}");

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(expected, outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TestNamespace_IsTheOptedInOne()
    {
        var own = Helm.Template().All<V1Namespace>().Single();

        Assert.Equal("enabled", own.Metadata.Labels["sts-webhook.io/inject"]);
        Assert.Contains("--namespace=" + own.Metadata.Name, Arguments(), StringComparer.Ordinal);
        Assert.Empty(Helm.Template(Helm.Ci("minimal")).All<V1Namespace>());
        Assert.Contains("--namespace=sandbox", Arguments(Helm.Ci("minimal")), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Arguments(params string[] options) =>
        Helm.Template(options).All<V1Job>().Single().Spec.Template.Spec.Containers.Single().Args;
}
