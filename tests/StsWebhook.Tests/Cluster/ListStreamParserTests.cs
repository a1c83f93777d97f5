using System.Text;
using System.Text.Json;
using StsWebhook.Cluster;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class ListStreamParserTests
{
    private const string Page = """
        { "kind": "PodList", "metadata": {"resourceVersion": "7", "continue": "a\u003d/b", "remainingItemCount": 1234},
          "items": [ {"a": 1}, {"b": {"c": [1, "]}"]}} , {} ], "later": {"items": [{"d": 1}]} }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Read_PageInChunks_ReturnsObjectsAndMetadata(int chunk)
    {
        var (items, result) = await ReadAsync(Page, chunk);

        Assert.Equal(["""{"a": 1}""", """{"b": {"c": [1, "]}"]}}""", "{}"], items);
        Assert.Equal(new ListStreamParser.Metadata("a=/b", 1234, "7"), result);
    }

    [Theory]
    [InlineData("""{"items":[{"a":1}],"metadata":{"continue":"next"}}""", 1, "next")]
    [InlineData("""{"metadata":{"continue":null,"remainingItemCount":"many"},"items":null}""", 0, "")]
    [InlineData("""{"metadata":{}}""", 0, "")]
    [InlineData("{}", 0, "")]
    public async Task Read_MembersInAnyOrderOrMissing_Succeeds(string page, int count, string next)
    {
        var (items, result) = await ReadAsync(page, chunk: 3);

        Assert.Equal(count, items.Count);
        Assert.Equal(new ListStreamParser.Metadata(next, Remaining: null, ResourceVersion: null), result);
    }

    [Fact]
    public async Task Read_LargeObjects_ReturnsThemWhole()
    {
        var large = new string('x', 300_000);

        var (items, _) = await ReadAsync($$"""{"items":[{"a":"{{large}}"},{"b":1},{"c":"{{large}}"}]}""", chunk: 4_000);

        Assert.Equal([$$"""{"a":"{{large}}"}""", """{"b":1}""", $$"""{"c":"{{large}}"}"""], items);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("{")]
    [InlineData("""{"items":[{"a":1}""")]
    [InlineData("""{"items":[{"a":1},""")]
    [InlineData("""{"items":[{"a":1}]""")]
    [InlineData("""{"items":[{"a":1}],"metadata":{"cont""")]
    public async Task Read_NotACompleteList_Throws(string page) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(page, chunk: 5));

    [Fact]
    public async Task Read_EndlessObject_ThrowsAtTheLimit()
    {
        await using var endless = new Endless("""{"items":[{"a":" """);

        var fault = await Assert.ThrowsAsync<JsonException>(() => ListStreamParser.ReadAsync(endless, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("32 MiB", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<(List<string> Items, ListStreamParser.Metadata Result)> ReadAsync(string page, int chunk)
    {
        var items = new List<string>();
        await using var stream = new Chunked(Encoding.UTF8.GetBytes(page), chunk);
        var result = await ListStreamParser.ReadAsync(
            stream, json => items.Add(Encoding.UTF8.GetString(json.Span)), TestContext.Current.CancellationToken);
        return (items, result);
    }

    /// <summary>Gives no more than so many bytes at a time, as a connection may.</summary>
    private sealed class Chunked(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }

    /// <summary>Goes on with one letter for ever.</summary>
    private sealed class Endless(string beginning) : MemoryStream(Encoding.UTF8.GetBytes(beginning))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await base.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                return read;
            }

            buffer.Span.Fill((byte)'x');
            return buffer.Length;
        }
    }
}
