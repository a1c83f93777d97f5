using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Pods;

public sealed class ConfigMapDataTests
{
    private static readonly ConfigMapReference Reference = new("payments", "aws");

    [Fact]
    public void Parse_TextsAndOthers_KeepsTheTexts()
    {
        var data = ConfigMapData.Parse(JsonElement.Parse("""{"data":{"a":"b","gone":null,"number":1,"twice":"1","twice":"22"}}"""));

        Assert.Equal("a, twice", string.Join(", ", data.Values.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal("22", data.Values["twice"]);
        Assert.Equal(3, data.Length);
    }

    [Theory]
    [InlineData(ConfigMapData.MaxValueLength, 1)]
    [InlineData(ConfigMapData.MaxValueLength + 1, 0)]
    public void Parse_LongValue_IsAFile(int length, int count)
    {
        var data = ConfigMapData.Parse(JsonElement.Parse($$$"""{"data":{"a":"{{{new string('x', length)}}}"}}"""));

        Assert.Equal(count, data.Values.Count);
        Assert.Equal(count * length, data.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    public void Parse_WithoutData_IsEmpty(string json) => Assert.Empty(ConfigMapData.Parse(JsonElement.Parse(json)).Values);

    [Fact]
    public void Lookup_KnownAbsentUnknown_AreApart()
    {
        var data = ConfigMapData.Parse(JsonElement.Parse("{}"));
        var set = new ConfigMapSet(new Dictionary<ConfigMapReference, ConfigMapLookup>
        {
            [Reference] = ConfigMapLookup.Known(data),
            [Reference with { Name = "gone" }] = ConfigMapLookup.Absent,
        });

        Assert.Equal(2, set.Count);
        Assert.Equal((data, false, false), States(set.Lookup(Reference)));
        Assert.Equal((null, true, false), States(set.Lookup(Reference with { Name = "gone" })));
        Assert.Equal((null, false, true), States(set.Lookup(Reference with { Namespace = "other" })));
        Assert.Equal(default, ConfigMapLookup.Unknown);
        Assert.True(ConfigMapSet.Empty.Lookup(Reference).IsUnknown);
    }

    private static (ConfigMapData? Data, bool IsAbsent, bool IsUnknown) States(ConfigMapLookup lookup) =>
        (lookup.Data, lookup.IsAbsent, lookup.IsUnknown);
}
