using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class KeyValueLineTests
{
    [Theory]
    [InlineData("a = b", "a", "b")]
    [InlineData("a=", "a", "")]
    [InlineData("a= b", "a", "b")]
    [InlineData("a: b", "a", "b")]
    [InlineData("a:", "a", "")]
    [InlineData("a.b-c/d_e: f g", "a.b-c/d_e", "f g")]
    [InlineData("\"a b\": \"c\",", "a b", "\"c\"")]
    [InlineData("'a':1", "a", "1")]
    [InlineData("\"a\" = 1", "a", "1")]
    public void TryRead_KeyAndValue_AreParted(string line, string key, string value)
    {
        Assert.True(KeyValueLine.TryRead(line, out var actualKey, out var actualValue));
        Assert.Equal(key, actualKey);
        Assert.Equal(value, actualValue);
    }

    [Theory]
    [InlineData("a=b")]
    [InlineData("a:b")]
    [InlineData("a : b")]
    [InlineData("https://x")]
    [InlineData("export a=b")]
    [InlineData("[section]")]
    [InlineData("# a: b")]
    [InlineData("$a = b")]
    [InlineData("\"a: b")]
    [InlineData("a")]
    [InlineData("= b")]
    [InlineData(": b")]
    public void TryRead_AnythingElse_IsLeftToOthers(string line) => Assert.False(KeyValueLine.TryRead(line, out _, out _));
}
