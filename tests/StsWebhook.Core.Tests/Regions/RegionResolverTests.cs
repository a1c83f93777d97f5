using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Regions;

public class RegionResolverTests
{
    private const string Default = "ap-south-1";

    private static readonly Dictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("none")]
    public void Resolve_Annotation_WinsOverEverything(string nodes) => Assert.Equal(
        new PodRegion(RegionSource.Annotation, "sa-east-1"),
        Resolve(
            new PodBuilder()
                .Annotation("sts-webhook.io/region", "sa-east-1")
                .Spec("nodeName", "\"node-a\"")
                .Spec("nodeSelector", """{"topology.kubernetes.io/region":"eu-west-1"}"""),
            nodes,
            Default));

    [Fact]
    public void Resolve_NodeName_IsTheNodesRegionWhateverTheSelectorSays() => Assert.Equal(
        new PodRegion(RegionSource.Node, "eu-west-1"),
        Resolve(
            new PodBuilder()
                .Spec("nodeName", "\"node-c\"")
                .Spec("nodeSelector", """{"topology.kubernetes.io/region":"us-east-2"}"""),
            "two"));

    [Fact]
    public void Resolve_UnknownNodeName_TakesTheApiServersLabel() => Assert.Equal(
        new PodRegion(RegionSource.Node, "eu-west-1"),
        Resolve(new PodBuilder().Spec("nodeName", "\"new\"").Label("topology.kubernetes.io/region", "eu-west-1"), "one"));

    [Fact]
    public void Resolve_LabelWithoutNodeName_SaysNothing() => Assert.Equal(
        new PodRegion(RegionSource.Cluster, "us-east-2"),
        Resolve(new PodBuilder().Label("topology.kubernetes.io/region", "eu-west-1"), "one"));

    [Fact]
    public void Resolve_UnknownNodeName_IsNeverDeferred()
    {
        var pod = new PodBuilder().Spec("nodeName", "\"new\"");

        Assert.Equal(new PodRegion(RegionSource.Default, Default), Resolve(pod, "two", Default));
        Assert.Equal(new PodRegion(RegionSource.None, null), Resolve(pod, "two"));
        Assert.Equal(new PodRegion(RegionSource.Cluster, "us-east-2"), Resolve(pod, "one"));
    }

    [Fact]
    public void Resolve_EmptyNodeName_CountsAsNoNode() => Assert.Equal(
        RegionSource.Binding, Resolve(new PodBuilder().Spec("nodeName", "\"\""), "two").Source);

    [Fact]
    public void Resolve_ConstraintsOfOneRegion_IsNode() => Assert.Equal(
        new PodRegion(RegionSource.Node, "eu-west-1"),
        Resolve(new PodBuilder().Spec("nodeSelector", """{"kubernetes.io/hostname":"node-c"}"""), "two", Default));

    [Fact]
    public void Resolve_NoNodeMatches_TakesTheRegionThatIsNamed() => Assert.Equal(
        new PodRegion(RegionSource.Selector, "eu-north-1"),
        Resolve(new PodBuilder().Spec("nodeSelector", """{"topology.kubernetes.io/zone":"eu-north-1a"}"""), "two", Default));

    [Theory]
    [InlineData("one")]
    [InlineData("none")]
    public void Resolve_OneRegionAtMost_LetsTheNamedRegionWin(string nodes) => Assert.Equal(
        new PodRegion(RegionSource.Selector, "eu-north-1"),
        Resolve(new PodBuilder().Spec("nodeSelector", """{"topology.kubernetes.io/zone":"eu-north-1a"}"""), nodes, Default));

    [Fact]
    public void Resolve_OneRegion_MatchesNoNode() => Assert.Equal(
        new PodRegion(RegionSource.Cluster, "us-east-2"),
        Resolve(new PodBuilder().Spec("nodeSelector", """{"no-such":"node"}"""), "one", Default));

    [Fact]
    public void Resolve_SeveralPossible_DefersWithTheRegionOfMostNodes() =>
        Assert.Equal(new PodRegion(RegionSource.Binding, "us-east-2"), Resolve(new PodBuilder(), "two"));

    [Fact]
    public void Resolve_SeveralPossible_PresetsTheConfiguredDefault() =>
        Assert.Equal(new PodRegion(RegionSource.Binding, Default), Resolve(new PodBuilder(), "two", Default));

    [Fact]
    public void Resolve_NoNodeMatchesAndNothingIsNamed_DefersAmongAll() => Assert.Equal(
        new PodRegion(RegionSource.Binding, "us-east-2"),
        Resolve(new PodBuilder().Spec("nodeSelector", """{"no-such":"node"}"""), "two"));

    [Fact]
    public void Resolve_SeveralAdmitted_PresetsByTheAdmittedNodesOnly()
    {
        var nodes = new NodeTable([
            NodeOf("a", "us-east-2", "small"), NodeOf("b", "us-east-2", "small"), NodeOf("c", "us-east-2", "big"),
            NodeOf("d", "eu-west-1", "big"), NodeOf("e", "eu-west-1", "big"),
        ]);
        var pod = new PodBuilder().Spec("nodeSelector", """{"size":"big"}""");

        Assert.Equal(
            new PodRegion(RegionSource.Binding, "eu-west-1"),
            RegionResolver.Resolve(pod.Build(), nodes, defaultRegion: null, canDefer: true));
    }

    [Fact]
    public void Resolve_AsManyNodesInTwoRegions_PresetsTheSameInEveryReplica()
    {
        Node[] nodes = [new("a", "us-east-2", NoLabels), new("b", "eu-west-1", NoLabels)];

        Assert.All(
            new[] { new NodeTable(nodes), new NodeTable(nodes.Reverse()) },
            table => Assert.Equal(
                new PodRegion(RegionSource.Binding, "eu-west-1"),
                RegionResolver.Resolve(new PodBuilder().Build(), table, defaultRegion: null, canDefer: true)));
    }

    [Fact]
    public void Resolve_CannotDefer_FallsBackToTheDefault()
    {
        Assert.Equal(new PodRegion(RegionSource.Default, Default), Resolve(new PodBuilder(), "two", Default, canDefer: false));
        Assert.Equal(new PodRegion(RegionSource.None, null), Resolve(new PodBuilder(), "two", canDefer: false));
    }

    [Fact]
    public void Resolve_NothingKnown_IsTheDefaultOrNone()
    {
        Assert.Equal(new PodRegion(RegionSource.Default, Default), Resolve(new PodBuilder(), "none", Default));
        Assert.Equal(new PodRegion(RegionSource.None, null), Resolve(new PodBuilder(), "none"));
    }

    [Fact]
    public void Partition_OfPodRegion_FollowsItsName()
    {
        Assert.Equal("aws-cn", new PodRegion(RegionSource.Node, "cn-north-1").Partition.Id);
        Assert.Equal("aws", new PodRegion(RegionSource.None, null).Partition.Id);
    }

    private static PodRegion Resolve(PodBuilder pod, string nodes, string? defaultRegion = null, bool canDefer = true) =>
        RegionResolver.Resolve(
            pod.Build(),
            nodes switch
            {
                "one" => Fixture.OneRegion,
                "two" => Fixture.TwoRegions,
                _ => NodeTable.Empty,
            },
            defaultRegion,
            canDefer);

    private static Node NodeOf(string name, string region, string size) =>
        new(name, region, new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = size });
}
