using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Injection;

public class InjectorTests
{
    private const string NodeRegion = "sts-webhook.io/node-region";
    private const string ReadsNodeRegion =
        """{"env":[{"name":"R","valueFrom":{"fieldRef":{"fieldPath":"metadata.annotations['sts-webhook.io/node-region']"}}}]}""";

    private static readonly PodRegion Known = new(RegionSource.Cluster, "us-east-2");
    private static readonly PodRegion Deferred = new(RegionSource.Binding, "us-east-2");

    [Fact]
    public void Plan_PodOptsOut_GetsNothingAndSaysSo()
    {
        var plan = Plan(new PodBuilder().Label("sts-webhook.io/inject", "disabled").Container().Container(name: "b"), Deferred);

        Assert.True(plan.IsEmpty);
        Assert.Equal([("app", SkipReason.PodLabel), ("b", SkipReason.PodLabel)], plan.Skipped);
    }

    [Theory]
    [InlineData("enabled")]
    [InlineData("Disabled")]
    [InlineData("")]
    public void Plan_LabelOfAnyOtherValue_IsInjected(string value) =>
        Assert.False(Plan(new PodBuilder().Label("sts-webhook.io/inject", value).Container(), Known).IsEmpty);

    [Fact]
    public void Plan_SkippedContainers_AreLeftAlone()
    {
        var plan = Plan(
            new PodBuilder()
                .Annotation("sts-webhook.io/skip-containers", " b ,, init,no-such")
                .Container(name: "init", list: "initContainers").Container().Container(name: "b"),
            Known);

        Assert.Equal([("init", SkipReason.Annotation), ("b", SkipReason.Annotation)], plan.Skipped);
        Assert.Equal(["AWS_STS_REGIONAL_ENDPOINTS", "AWS_DEFAULT_REGION", "AWS_REGION"], plan.InjectedVariables.ToArray());
    }

    [Fact]
    public void Plan_Deferred_PresetsTheAnnotation()
    {
        var patched = Mutate(new PodBuilder().Container(), Fixture.TwoRegions).Patched;

        Assert.Equal("us-east-2", (string?)patched["metadata"]!["annotations"]![NodeRegion]);
    }

    [Fact]
    public void Plan_OnASubresource_LeavesAnnotationsAlone()
    {
        var pod = new PodBuilder().Annotation(NodeRegion, "sa-east-1").Container(ReadsNodeRegion).Build();
        var plan = new Injector(new InjectionSettings(), ConfigMapView.None).Plan(pod, pod.Containers(), Deferred, canAnnotate: false);
        var patch = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(patch))
        {
            plan.WritePatch(json);
        }

        Assert.Empty(plan.Warnings);
        Assert.All(
            JsonNode.Parse(patch.WrittenSpan)!.AsArray(),
            operation => Assert.StartsWith("/spec/containers/0/env/", (string?)operation!["path"], StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_UsersOwnNodeRegion_IsOverwrittenWithAWarning()
    {
        var answer = Mutate(
            new PodBuilder().Annotation(NodeRegion, "sa-east-1").Annotation("other", "kept").Container(), Fixture.TwoRegions);

        Assert.Equal("us-east-2", (string?)answer.Patched["metadata"]!["annotations"]![NodeRegion]);
        Assert.Equal("kept", (string?)answer.Patched["metadata"]!["annotations"]!["other"]);
        Assert.Contains(answer.Warnings, w => w.Contains("remove it from the manifest", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_UnusedNodeRegionVariableOfTheUser_StaysWithAWarning()
    {
        var answer = Mutate(new PodBuilder().Annotation(NodeRegion, "sa-east-1").Container(), Fixture.OneRegion);

        Assert.Equal("sa-east-1", (string?)answer.Patched["metadata"]!["annotations"]![NodeRegion]);
        Assert.Equal(
            "annotation sts-webhook.io/node-region: the webhook sets it when the pod is bound to a node; remove it from the manifest",
            Assert.Single(answer.Warnings));
    }

    [Fact]
    public void Plan_AnnotationOfOurOwn_WarnsOfNothing() => Assert.Empty(Plan(new PodBuilder().Container(), Deferred).Warnings);

    [Fact]
    public void Plan_NoRegionButTheContainersOwn_WarnsOfNothing() => Assert.Empty(Plan(
        new PodBuilder().Container("""{"env":[{"name":"AWS_REGION","value":"a"},{"name":"AWS_DEFAULT_REGION","value":"a"}]}"""),
        new PodRegion(RegionSource.None, null)).Warnings);

    [Fact]
    public void Plan_ContainerThatGetsNothing_IsInNoOperation()
    {
        var answer = Mutate(
            new PodBuilder().Annotation("sts-webhook.io/skip-containers", "b").Container().Container(name: "b"), Fixture.OneRegion);

        Assert.Null(answer.Patched["spec"]!["containers"]![1]!["env"]);
        Assert.NotNull(answer.Patched["spec"]!["containers"]![0]!["env"]);
    }

    [Fact]
    public void Plan_UsersOwnReferenceToNodeRegion_FindsARegionThere()
    {
        var patched = Mutate(new PodBuilder().Container(ReadsNodeRegion), Fixture.OneRegion).Patched;

        Assert.Equal("us-east-2", (string?)patched["metadata"]!["annotations"]![NodeRegion]);
    }

    [Fact]
    public void Plan_EveryContainerSetsItsRegion_NeedsNoAnnotation()
    {
        var patched = Mutate(
            new PodBuilder().Container("""{"env":[{"name":"AWS_REGION","value":"eu-west-1"}]}"""), Fixture.TwoRegions).Patched;

        Assert.False(patched["metadata"]!.AsObject().ContainsKey("annotations"));
    }

    [Fact]
    public void Plan_NoRegion_WarnsOnce() => Assert.Single(
        Plan(new PodBuilder().Container().Container(name: "b"), new PodRegion(RegionSource.None, null)).Warnings);

    [Fact]
    public void Mutate_PodWithoutMetadata_GetsItWithTheAnnotation()
    {
        var pod = new PodBuilder().Container().Json();
        pod.Remove("metadata");
        var patched = Answer.To(Review.OfPod(pod), nodes: Fixture.TwoRegions).Patched;

        Assert.Equal("us-east-2", (string?)patched["metadata"]!["annotations"]![NodeRegion]);
    }

    private static InjectionPlan Plan(PodBuilder builder, PodRegion region)
    {
        var pod = builder.Build();
        return new Injector(new InjectionSettings(), ConfigMapView.None).Plan(pod, pod.Containers(), region, canAnnotate: true);
    }

    private static Answer Mutate(PodBuilder pod, NodeTable nodes) => Answer.To(Review.OfPod(pod.Json()), nodes: nodes);
}
