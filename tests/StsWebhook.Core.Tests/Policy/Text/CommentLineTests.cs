namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>Comments in several languages.</summary>
public class CommentLineTests
{
    [Theory]
    [InlineData("CRON", "*/5 * * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", "legacy-mode")]
    [InlineData("CRON", "* * * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", "legacy-mode")]
    [InlineData("PROGRAM", "/*\n * AWS_STS_REGIONAL_ENDPOINTS=legacy\n */\nx = 1", "")]
    [InlineData("PROGRAM", "/* a */\nAWS_STS_REGIONAL_ENDPOINTS=legacy", "legacy-mode")]
    [InlineData("PROGRAM", "// AWS_STS_REGIONAL_ENDPOINTS=legacy", "")]
    [InlineData("URLS", "a\n//sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("PROGRAM", "//stsEndpoint = \"sts.amazonaws.com\"", "ambiguous-host")]
    [InlineData("PROGRAM", "/*\n endpoint: sts.amazonaws.com\n*/", "ambiguous-host")]
    [InlineData("CRON", "* 0 * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", "legacy-mode")]
    [InlineData("CRON", "* 5 * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", "legacy-mode")]
    [InlineData("CRON", "* 9 * * * AWS_STS_REGIONAL_ENDPOINTS=legacy /app\n", "legacy-mode")]
    public void Read_Comment_IsAMention(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
