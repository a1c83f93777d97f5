using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Fuzz.Mutation;
using Xunit;

namespace StsWebhook.Fuzz.Tests.Mutation;

public sealed class JsonTreeTests
{
    private const string Json = """{"a":[1.50,"\u00e9\"\n",null,{"b":true}],"c":{}}""";

    [Fact]
    public void Disguised_HasAnotherFormatAndTheSameMeaning()
    {
        var disguised = JsonTree.TryParse(Encoding.UTF8.GetBytes(Json))!.ToUtf8(JsonLook.Disguised);

        Assert.DoesNotContain("\"a\"", Encoding.UTF8.GetString(disguised), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Json), JsonNode.Parse(disguised)));
    }

    [Fact]
    public void Duplicates_AreKept()
    {
        var tree = JsonTree.TryParse("""{"a":{"b":1,"b":2}}"""u8)!;

        Assert.True(tree.HasDuplicates);
        Assert.Equal("""{"a":{"b":1,"b":2}}""", Encoding.UTF8.GetString(tree.ToUtf8()));
    }

    [Fact]
    public void Mutate_Json_IsMostlyValidJson()
    {
        var random = new Random(1);
        var bytes = Encoding.UTF8.GetBytes(Json);
        var mutants = Enumerable.Range(0, 1000).Select(_ => JsonMutator.Mutate(bytes, bytes, random)).ToArray();

        Assert.InRange(mutants.Count(mutant => JsonTree.TryParse(mutant) is not null), 800, 1000);
        Assert.InRange(mutants.Count(mutant => mutant.AsSpan().SequenceEqual(bytes)), 0, 100);
    }

    [Fact]
    public void Smaller_RemovesEachPart_AndChangesNothingElse()
    {
        string[] smaller = [.. JsonMutator.Smaller(Encoding.UTF8.GetBytes("""{"a":[1,"b"]}""")).Select(Encoding.UTF8.GetString)];

        Assert.Equal(["{}", """{"a":["b"]}""", """{"a":[1]}""", """{"a":[1,""]}"""], smaller);
    }
}
