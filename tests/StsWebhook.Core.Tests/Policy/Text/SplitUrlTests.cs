using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class SplitUrlTests
{
    [Theory]
    [InlineData("https://sts.ama\tzonaws.com", true)]
    [InlineData("https://sts.ama\r\nzonaws.com", true)]
    [InlineData("ht\ntps://sts.amazonaws.com/x", true)]
    [InlineData("https:\n//sts.amazonaws.com", true)]
    [InlineData("""{"url":"https://sts.ama\tzonaws.com"}""", true)]
    [InlineData("""{"url":"https://sts.ama\\\nzonaws.com"}""", true)]
    [InlineData("a: b\nurl: https://sts.\tamazonaws.com\nc: d", true)]
    [InlineData("https://sts.amazonaws.com\n", false)]
    [InlineData("\thttps://sts.amazonaws.com\t", false)]
    [InlineData("https:/\\x/sts.amazonaws.com", false)]
    [InlineData("https://sts\nhttps://amazonaws.com", false)]
    [InlineData("https://example.com/\nsts.amazonaws.com", false)]
    [InlineData("default:\n//sts.amazonaws.com", false)]
    [InlineData("default:\n\t// sts.amazonaws.com", false)]
    [InlineData("https:\nsts.amazonaws.com", false)]
    [InlineData("https://sts.ama\tzonaws.com.cn", false)]
    [InlineData("https://x.sts.ama\tzonaws.com", false)]
    [InlineData("sts.ama\tzonaws.com", false)]
    public void CallsGlobalHost_OnlyUrlsAroundAGap(string text, bool calls) => Assert.Equal(calls, SplitUrl.CallsGlobalHost(text));

    [Theory]
    [InlineData("Characters", "a\tb\r\nc\\td", "abc\\td", new[] { 1, 2, 2 })]
    [InlineData("Escapes", "a\\tb\\\\nc\\d\t\\", "abc\\d\\", new[] { 1, 2, 5 })]
    [InlineData("Tabs", "a\tb\nc\\td\\n", "ab\ncd\\n", new[] { 1, 4 })]
    public void Remove_Text_WithoutBlanks(string removal, string text, string rest, int[] expected)
    {
        var into = new char[text.Length];
        var gaps = new List<int>();

        Assert.Equal(rest, new string(into, 0, UrlBlanks.Remove(text, into, Enum.Parse<UrlBlanks.Removal>(removal), gaps)));
        Assert.Equal(expected, gaps);
    }
}
