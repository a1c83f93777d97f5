using System.Text.Json.Nodes;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class NodesFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("List")]
    [InlineData("NodeList")]
    public void Read_ListOfNodes_ReturnsTheirRegions(string kind)
    {
        var list = Recordings.Json("nodes");
        list["kind"] = kind;

        var nodes = NodesFile.Read(folder.Write("nodes.json", list.ToJsonString()));

        Assert.Equal(3, nodes.Nodes.Count);
        Assert.Equal(2, nodes.NodesByRegion["us-east-2"]);
        Assert.Equal(1, nodes.NodesByRegion["eu-west-1"]);
        Assert.Null(nodes.OnlyRegion);
    }

    [Fact]
    public void Read_ItemsWithoutAKind_ReturnsThem()
    {
        var nodes = NodesFile.Read(folder.Write("nodes.json", """{"kind":"NodeList","items":[{"metadata":{"name":"a"}}]}"""));

        Assert.True(nodes.TryGet("a", out var node));
        Assert.Null(node.Region);
    }

    [Fact]
    public void Read_ProviderIdOnly_ReturnsItsRegion()
    {
        var nodes = NodesFile.Read(folder.Write(
            "nodes.json",
            """{"kind":"List","items":[{"kind":"Node","metadata":{"name":"a"},"spec":{"providerID":"aws:///us-west-2b/i-0123"}}]}"""));

        Assert.Equal("us-west-2", nodes.OnlyRegion);
    }

    [Fact]
    public void Read_NoNodes_ReturnsAnEmptyTable() =>
        Assert.Empty(NodesFile.Read(folder.Write("nodes.json", """{"kind":"List","items":[]}""")).Nodes);

    [Fact]
    public void Read_InvalidFieldThatIsNotUsed_Succeeds()
    {
        var list = Recordings.Json("nodes");
        list["items"]![0]!["spec"]!.AsObject()["quantumEntanglement"] = new JsonObject { ["with"] = new JsonArray(1, "b", null) };
        list["items"]![1]!["metadata"]!["creationTimestamp"] = "yesterday";

        Assert.Equal(3, NodesFile.Read(folder.Write("nodes.json", list.ToJsonString())).Nodes.Count);
    }

    [Theory]
    [InlineData("", "expected a NodeList")]
    [InlineData("kind: List", "expected a NodeList")]
    [InlineData("{\"kind\":\"List\",\n\"items\":[}", "line 2, byte 10")]
    [InlineData("null", "expected a NodeList")]
    [InlineData("[]", "expected a NodeList")]
    [InlineData("{}", "expected a NodeList")]
    [InlineData("""{"items":[]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List"}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":null}""", "expected a NodeList")]
    [InlineData("""{"kind":"PodList","items":[]}""", "expected a NodeList")]
    [InlineData("""{"kind":"Node","metadata":{"name":"a"}}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"a"}}]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[null]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[{}]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[{"metadata":{}}]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[{"metadata":{"name":""}}]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[{"metadata":{"name":7}}]}""", "expected a NodeList")]
    [InlineData("""{"kind":"List","items":[{"metadata":{"name":"a","labels":{"x":7}}}]}""", "expected a NodeList")]
    public void Read_NotANodeList_ThrowsAOneLineMessage(string text, string expected)
    {
        var path = folder.Write("nodes.json", text);

        var message = Assert.Throws<ConfigurationException>(() => NodesFile.Read(path)).Message;

        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("")]
    public void Read_UnreadableFile_ThrowsAOneLineMessage(string name)
    {
        var path = folder[name];

        var message = Assert.Throws<ConfigurationException>(() => NodesFile.Read(path)).Message;

        Assert.StartsWith($"{path}: cannot be read: ", message, StringComparison.Ordinal);
    }
}
