using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class GlobalHostTests
{
    [Theory]
    [InlineData("", "None")]
    [InlineData("sts.amazonaws.com", "Bare")]
    [InlineData("STS.AmazonAWS.com", "Bare")]
    [InlineData("sts.amazonaws.com.", "Bare")]
    [InlineData("sts.amazonaws.com:443", "Bare")]
    [InlineData("sts.amazonaws.com/path", "Bare")]
    [InlineData("a,sts.amazonaws.com,b", "Bare")]
    [InlineData("(sts.amazonaws.com)", "Bare")]
    [InlineData("user@sts.amazonaws.com", "Bare")]
    [InlineData("https://sts.amazonaws.com", "Url")]
    [InlineData("//sts.amazonaws.com", "Url")]
    [InlineData("https://user:pass@sts.amazonaws.com", "Url")]
    [InlineData("https://user@sts.amazonaws.com:443", "Url")]
    [InlineData("mail https://example.com/ and me@sts.amazonaws.com", "Bare")]
    [InlineData("sts.amazonaws.com https://sts.amazonaws.com", "Url")]
    [InlineData("https://sts.amazonaws.com sts.amazonaws.com", "Url")]
    [InlineData("xsts.amazonaws.com https://sts.amazonaws.com", "Url")]
    [InlineData("://user@sts.amazonaws.com", "Url")]
    [InlineData("https://@sts.amazonaws.com", "Url")]
    [InlineData("https:///x@sts.amazonaws.com", "Bare")]
    [InlineData("https://sts.amazonaws.com:/x@y", "Url")]
    [InlineData("https://sts.amazonaws.comx", "None")]
    [InlineData("https://sts.amazonaws.com.cn", "None")]
    [InlineData("https://sts.amazonaws.com..", "None")]
    [InlineData("https://sts.amazonaws.com-x", "None")]
    [InlineData("https://sts.amazonaws.com@x", "None")]
    [InlineData("https://sts.amazonaws.com:p@x", "None")]
    [InlineData("https://sts.amazonaws.com$X", "None")]
    [InlineData("https://x.sts.amazonaws.com", "None")]
    [InlineData("https://x-sts.amazonaws.com", "None")]
    [InlineData("https://\u00E9sts.amazonaws.com", "None")]
    [InlineData("https://$(X)sts.amazonaws.com", "None")]
    [InlineData("https://x/sts.amazonaws.com", "None")]
    [InlineData("/sts.amazonaws.com", "None")]
    [InlineData("x//sts.amazonaws.com", "None")]
    [InlineData("sts.us-east-1.amazonaws.com", "None")]
    public void FindIn_Text_GivesTheStrongestUse(string text, string use) =>
        Assert.Equal(use, GlobalHost.FindIn(text).ToString());
}
