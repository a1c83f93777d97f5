using System.Text;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Tests.Json;

public class JsonInputTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(""" "\ud83d\ude00" """)]
    [InlineData(""" {"\uD83D\uDE00": "\\ud800"} """)]
    [InlineData("\"\u00e4\"")]
    public void TryParse_WellFormed_GivesADocument(string json)
    {
        Assert.True(JsonInput.TryParse(Encoding.UTF8.GetBytes(json), out var document, out var error), error);
        document.Dispose();
    }

    [Theory]
    [InlineData("", "not JSON: line 1, byte 1")]
    [InlineData("{\n\"a\": tru", "not JSON: line 2, byte 9")]
    [InlineData("{} {}", "not JSON: line 1, byte 4")]
    [InlineData("{\"a\":1,}", "not JSON: line 1, byte 8")]
    [InlineData("/* secret */ {}", "not JSON: line 1, byte 1")]
    [InlineData("\"\\ud800\"", "not JSON: a \\u escape names half of a surrogate pair")]
    [InlineData("\"\\uDC00x\"", "not JSON: a \\u escape names half of a surrogate pair")]
    [InlineData("\"\\ud800\\ud800\"", "not JSON: a \\u escape names half of a surrogate pair")]
    [InlineData("{\"\\ud800\":1}", "not JSON: a \\u escape names half of a surrogate pair")]
    public void TryParse_Malformed_SaysWhereAndQuotesNothing(string json, string expected)
    {
        Assert.False(JsonInput.TryParse(Encoding.UTF8.GetBytes(json), out var document, out var error));
        Assert.Null(document);
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xFF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0xAF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xE2, 0x82, (byte)'"' })]
    public void TryParse_BadUtf8_IsRefused(byte[] json)
    {
        Assert.False(JsonInput.TryParse(json, out _, out var error));
        Assert.Equal("not JSON: the text is not valid UTF-8", error);
    }

    [Fact]
    public void TryParse_Depth_IsBounded()
    {
        Assert.True(JsonInput.TryParse(Nested(JsonInput.MaxDepth), out var document, out _));
        document.Dispose();
        Assert.False(JsonInput.TryParse(Nested(JsonInput.MaxDepth + 1), out _, out _));
        Assert.False(JsonInput.TryParse(Nested(100_000), out _, out _));
    }

    [Fact]
    public void TryParse_PairOfSurrogatesDeepWithin_IsFound()
    {
        Assert.True(JsonInput.TryParse(DeepText("\\ud83d\\ude00"), out var document, out var error), error);
        document.Dispose();
        Assert.False(JsonInput.TryParse(DeepText("\\ud83d"), out _, out _));
    }

    private static byte[] DeepText(string text) =>
        Encoding.UTF8.GetBytes($"{new string('[', 200)}1,\"{text}\"{new string(']', 200)}");

    private static byte[] Nested(int depth) =>
        Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
}
