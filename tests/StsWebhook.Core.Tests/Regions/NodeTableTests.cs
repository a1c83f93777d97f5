using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Regions;

public class NodeTableTests
{
    private static readonly Dictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    [Fact]
    public void NodesByRegion_RecordedNodes_AreCounted()
    {
        Assert.Equal(2, Fixture.TwoRegions.NodesByRegion["us-east-2"]);
        Assert.Equal(1, Fixture.TwoRegions.NodesByRegion["eu-west-1"]);
        Assert.Null(Fixture.TwoRegions.OnlyRegion);
        Assert.Equal("us-east-2", Fixture.OneRegion.OnlyRegion);
    }

    [Fact]
    public void OnlyRegion_NodesWithoutRegion_DoNotCount()
    {
        var nodes = new NodeTable([new Node("a", "us-east-2", NoLabels), new Node("b", Region: null, NoLabels)]);

        Assert.Equal("us-east-2", nodes.OnlyRegion);
        Assert.Equal(2, nodes.Nodes.Count);
    }

    [Fact]
    public void TryGet_TwoNodesOfOneName_GivesTheLater()
    {
        var nodes = new NodeTable([new Node("a", "us-east-2", NoLabels), new Node("a", "eu-west-1", NoLabels)]);

        Assert.True(nodes.TryGet("a", out var node));
        Assert.Equal("eu-west-1", node.Region);
        Assert.Equal("eu-west-1", nodes.OnlyRegion);
        Assert.False(nodes.TryGet("b", out _));
    }

    [Fact]
    public void Empty_HasNoRegion() => Assert.Null(NodeTable.Empty.OnlyRegion);
}
