using System.Buffers;
using System.Text.Json.Nodes;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The files of <c>deploy/</c> for users without Helm.</summary>
public sealed class DeployTests
{
    [Fact]
    public void PlainManifests_AreWhatTheChartRenders()
    {
        Assert.SkipUnless(File.Exists(Repository.PathOf(".tools/bin/helm")), "helm is not installed: run .ci/install-chart-tools");

        Assert.Equal(
            CommandLine.Run(Repository.PathOf("deploy/render")).OutputOrThrow(),
            Repository.Text("deploy/install.yaml"));
    }

    [Fact]
    public void PlainManifests_HaveAllObjects()
    {
        var manifests = RenderedManifests.Parse(Repository.Text("deploy/install.yaml"));

        Assert.Equal(Helm.Namespace, manifests.Only<V1Namespace>().Metadata.Name);
        Assert.Single(manifests.All<V1Deployment>());
        Assert.Empty(manifests.All<V1Job>());
        Assert.Empty(manifests.CustomResources);
    }

    [Theory]
    [InlineData("mutated", true, true)]
    [InlineData("opted-out", true, false)]
    [InlineData("rejected", false, false)]
    public void Example_HasTheOutcomeOfItsName(string name, bool isAllowed, bool isPatched)
    {
        var pod = YamlParser.Parse(Repository.Text($"deploy/examples/pod-{name}.yaml")).Single();
        RenderedManifests.Parse(pod.ToJsonString());
        var answer = new ArrayBufferWriter<byte>();
        new Reviewer(new ReviewSettings { DefaultRegion = "eu-west-1" })
            .Review(PolicyCase.Review(pod).Utf8(), Webhook.Mutate, enforcement: null, NodeTable.Empty, answer);

        var response = JsonNode.Parse(answer.WrittenSpan)!["response"]!;
        Assert.Equal((isAllowed, isPatched), ((bool)response["allowed"]!, response["patch"] is not null));
    }

    [Fact]
    public void ExampleNamespace_IsSentToTheWebhooks()
    {
        var space = RenderedManifests.Parse(Repository.Text("deploy/examples/namespace.yaml")).Only<V1Namespace>();
        var labels = new Dictionary<string, string>(space.Metadata.Labels, StringComparer.Ordinal)
        {
            ["kubernetes.io/metadata.name"] = space.Metadata.Name,
        };

        Assert.Equal(2, Helm.Template().Only<V1MutatingWebhookConfiguration>().Webhooks.Count(w => Selector.Matches(w.NamespaceSelector, labels)));
    }
}
