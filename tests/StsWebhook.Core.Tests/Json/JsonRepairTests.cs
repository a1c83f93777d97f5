using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Tests.Json;

public sealed class JsonRepairTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("\"\\ud83d\\ude00 \\\\ud800 \\n\"")]
    [InlineData("[[[{\"a\":\"ä\"}]]]")]
    [InlineData("")]
    [InlineData("\"unterminated")]
    public void Rewrite_NothingToRepair_IsNull(string json) => Assert.Null(JsonRepair.Rewrite(Encoding.UTF8.GetBytes(json), 8));

    /// <summary>Go writes U+FFFD for each byte of an invalid sequence, and for each half of a pair (encoding/json, unquote).</summary>
    [Theory]
    [InlineData(new byte[] { 0xFF }, 1)]
    [InlineData(new byte[] { 0xC0, 0xAF }, 2)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 3)]
    [InlineData(new byte[] { 0xE2, 0x82 }, 2)]
    [InlineData(new byte[] { 0xF0, 0x90, 0x80 }, 3)]
    public void Rewrite_InvalidUtf8_IsReplacedByteByByte(byte[] bytes, int expected)
    {
        var repaired = JsonRepair.Rewrite([(byte)'"', .. bytes, (byte)'a', (byte)'"'], 8)!.Value;

        Assert.Equal(new string('\uFFFD', expected) + "a", JsonElement.Parse(repaired.Span).GetString());
    }

    [Theory]
    [InlineData("\\ud800", "\uFFFD")]
    [InlineData("\\uDC00x", "\uFFFDx")]
    [InlineData("\\ud800\\ud83d\\ude00", "\uFFFD\U0001F600")]
    [InlineData("\\ud800\\u0041", "\uFFFDA")]
    [InlineData("\\\\\\ud800\\\"", "\\\uFFFD\"")]
    public void Rewrite_HalfOfASurrogatePair_IsReplaced(string escaped, string expected) =>
        Assert.Equal(expected, JsonElement.Parse(JsonRepair.Rewrite(Encoding.UTF8.GetBytes($"\"{escaped}\""), 8)!.Value.Span).GetString());

    [Theory]
    [InlineData("{\"a\":[[[\"]\\\"\"]]],\"b\":1}", "{\"a\":[null],\"b\":1}")]
    [InlineData("[[[]],[{}],[1]]", "[[null],[null],[1]]")]
    [InlineData("[[{\"x\":", "[[null")]
    public void Rewrite_ValueBelowTheLimit_BecomesNull(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonRepair.Rewrite(Encoding.UTF8.GetBytes(json), 2)!.Value.Span));

    [Fact]
    public void TryParseApiJson_TenThousandLevels_KeepsWhatIsAbove()
    {
        var json = $"{{\"deep\":{new string('[', 10_000)}{new string(']', 10_000)},\"name\":\"p\"}}";

        Assert.True(JsonInput.TryParseApiJson(Encoding.UTF8.GetBytes(json), out var document, out var error), error);
        using (document)
        {
            Assert.Equal("p", document.RootElement.Text("name"u8));
        }
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"")]
    [InlineData("[1,]")]
    [InlineData("")]
    public void TryParseApiJson_Broken_IsAnError(string json)
    {
        Assert.False(JsonInput.TryParseApiJson(Encoding.UTF8.GetBytes(json), out _, out var error));
        Assert.StartsWith("not JSON: line 1", error, StringComparison.Ordinal);
    }
}
