using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public sealed class LabelDictionaryTests
{
    private static readonly LabelDictionary Labels = Of(("zone", "a"), ("arch", "amd64"), ("Arch", "upper"), ("empty", ""));

    [Theory]
    [InlineData("zone", "a")]
    [InlineData("arch", "amd64")]
    [InlineData("Arch", "upper")]
    [InlineData("empty", "")]
    public void TryGetValue_KnownKey_GivesItsValue(string key, string expected)
    {
        Assert.True(Labels.TryGetValue(key, out var value));
        Assert.Equal(expected, value);
        Assert.Equal(expected, Labels[key]);
        Assert.True(Labels.ContainsKey(key));
    }

    [Theory]
    [InlineData("ARCH")]
    [InlineData("zon")]
    [InlineData("zones")]
    [InlineData("")]
    public void TryGetValue_OtherKey_GivesNone(string key)
    {
        Assert.False(Labels.TryGetValue(key, out var value));
        Assert.Null(value);
        Assert.False(Labels.ContainsKey(key));
        Assert.Throws<KeyNotFoundException>(() => Labels[key]);
    }

    [Fact]
    public void Constructor_OneKeyTwice_LaterStays()
    {
        var labels = Of(("key", "one"), ("key", "two"));

        Assert.Equal(KeyValuePair.Create("key", "two"), Assert.Single(labels));
    }

    [Fact]
    public void GetEnumerator_Always_IsOrderedByKey() =>
        Assert.Equal("Arch=upper arch=amd64 empty= zone=a", string.Join(' ', Labels.Select(l => $"{l.Key}={l.Value}")));

    [Fact]
    public void Equals_SameLabelsInAnotherOrder_IsTrue()
    {
        var one = Of(("a", "1"), ("b", "2"));
        var other = Of(("b", "2"), ("a", "1"));

        Assert.True(one.Equals(other));
        Assert.True(one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Equals_OtherLabels_IsFalse()
    {
        var labels = Of(("a", "1"), ("b", "2"));

        Assert.False(labels.Equals(Of(("a", "1"))));
        Assert.False(labels.Equals(Of(("a", "1"), ("b", "3"))));
        Assert.False(labels.Equals(Of(("a", "1"), ("c", "2"))));
        Assert.False(labels.Equals(Of(("a", "2"), ("b", "1"))));
        Assert.False(labels.Equals(null));
        Assert.False(labels.Equals(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2" }));
    }

    [Fact]
    public void GetHashCode_OfOtherKeysOrValues_IsAnother()
    {
        var hash = Of(("a", "1"), ("b", "2")).GetHashCode();

        Assert.Equal(hash, Of(("b", "2"), ("a", "1")).GetHashCode());
        Assert.NotEqual(hash, Of(("a", "1"), ("c", "2")).GetHashCode());
        Assert.NotEqual(hash, Of(("a", "1"), ("b", "3")).GetHashCode());
    }

    [Fact]
    public void Empty_Always_HasNothing()
    {
        Assert.Empty(LabelDictionary.Empty);
        Assert.False(LabelDictionary.Empty.ContainsKey("a"));
    }

    private static LabelDictionary Of(params (string Key, string Value)[] labels) =>
        new(labels.Select(l => KeyValuePair.Create(l.Key, l.Value)));
}
