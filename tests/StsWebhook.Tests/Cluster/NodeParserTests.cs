using System.Text.Json;
using StsWebhook.Cluster;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class NodeParserTests
{
    private readonly NodeParser parser = new();

    [Fact]
    public void Parse_WholeNode_KeepsNameRegionAndLabels()
    {
        var node = Read("""
            {"metadata":{"name":"a","labels":{"topology.kubernetes.io/region":"eu-west-1","x":"y"},"annotations":{"z":"z"}},
             "spec":{"providerID":"aws:///us-east-2a/i-1"},"status":{"images":[{"names":["big"]}]}}
            """);

        Assert.Equal("a", node!.Name);
        Assert.Equal("eu-west-1", node.Region);
        Assert.Equal("y", node.Labels["x"]);
        Assert.Equal(2, node.Labels.Count);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"providerID":"aws:///us-east-2a/i-1"}}""", "us-east-2")]
    [InlineData("""{"metadata":{"name":"a","labels":null},"spec":null}""", null)]
    [InlineData("""{"metadata":{"name":"a","labels":{}},"spec":{"providerID":null}}""", null)]
    [InlineData("""{"metadata":{"name":"a","labels":{"topology.kubernetes.io/region":null}}}""", null)]
    public void Parse_OptionalMembersMissing_ReturnsTheNode(string json, string? region) => Assert.Equal(region, Read(json)!.Region);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":{"name":""}}""")]
    [InlineData("""{"metadata":{"name":null}}""")]
    public void Parse_NoName_ReturnsNull(string json) => Assert.Null(Read(json));

    [Fact]
    public void Parse_EqualStrings_AreInterned()
    {
        const string Labels = """{"topology.kubernetes.io/region":"eu-west-1","pool":"blue"}""";
        var one = Read($$$$"""{"metadata":{"name":"a","labels":{{{{Labels}}}}}}""")!;
        var other = Read($$$$"""{"metadata":{"name":"b","labels":{{{{Labels}}}}}}""")!;

        Assert.Same(one.Labels["pool"], other.Labels["pool"]);
        Assert.Same(one.Region, other.Region);
        Assert.Equal(one.Labels, other.Labels);
    }

    [Fact]
    public void Parse_MoreStringsThanTheInternLimit_ReturnsTheRightLabels()
    {
        for (var i = 0; i < 30_000; i++)
        {
            Assert.Equal($"{i}", Read($$$$"""{"metadata":{"name":"n","labels":{"host":"{{{{i}}}}"}}}""")!.Labels["host"]);
        }
    }

    private StsWebhook.Core.Regions.Node? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return parser.Parse(document.RootElement);
    }
}
