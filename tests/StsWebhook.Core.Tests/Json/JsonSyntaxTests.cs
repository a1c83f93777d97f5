using System.Text;
using CsCheck;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Tests.Json;

public class JsonSyntaxTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\n", "0", "1", "-", "+", ".", "e", "E", "true", "null", "fals",
            "\"a\"", "\"a\":", "\\u", "\\ud83d\\ude00", "\\ud800", "\\n", "1.5e-3", "[]", "{}", "\u00E9", "\u0001", "[1,2]", "{\"a\":1}", ",\"b\":",
        }.Select(Gen.Const),
    ]).Array[0, 8].Select(string.Concat);

    [Theory]
    [InlineData("{}")]
    [InlineData(" [ ] ")]
    [InlineData("""{"a":[1,-0.5e+3,true,false,null,"\u00e9\n\ud83d\ude00",{}],"b":{"c":[[]]}}""")]
    [InlineData("\"x\"")]
    [InlineData("0")]
    public void IsValid_Json_Is(string text) => Assert.True(JsonSyntax.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("[}")]
    [InlineData("[]]")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[+1]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[\"\\udc00\"]")]
    [InlineData("[\"\t\"]")]
    [InlineData("[default]")]
    public void IsValid_AnythingElse_IsNot(string text) => Assert.False(JsonSyntax.IsValid(text));

    [Fact]
    public void IsValid_AnyText_AgreesWithTheParser() => Texts.Sample(
        text =>
        {
            var isJson = JsonInput.TryParse(Encoding.UTF8.GetBytes(text), out var document, out _);
            document?.Dispose();
            return JsonSyntax.IsValid(text) == isJson;
        },
        iter: 20_000);

    [Fact]
    public void IsValid_Depth_IsThatOfTheParser()
    {
        Assert.True(JsonSyntax.IsValid(new string('[', JsonInput.MaxDepth) + new string(']', JsonInput.MaxDepth)));
        Assert.False(JsonSyntax.IsValid(new string('[', JsonInput.MaxDepth + 1) + new string(']', JsonInput.MaxDepth + 1)));
    }
}
