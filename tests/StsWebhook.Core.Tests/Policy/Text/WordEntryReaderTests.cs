namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>Entries within one word.</summary>
public class WordEntryReaderTests
{
    [Theory]
    [InlineData("FOO", "https://idp.example.com/token?audience=sts.amazonaws.com", "")]
    [InlineData("FOO", "https://idp.example.com/token?scope=x&audience=sts.amazonaws.com&y=1", "")]
    [InlineData("FOO", "https://idp.example.com/token?host=sts.amazonaws.com", "global-endpoint")]
    public void Read_QueryOfAUrl_HasItsParametersAsKeys(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("SUPERVISOR", "environment=A=\"x\",AWS_STS_REGIONAL_ENDPOINTS=\"legacy\"", "legacy-mode")]
    [InlineData("SUPERVISOR", "environment=AWS_STS_REGIONAL_ENDPOINTS=\"regional\",A=\"legacy\"", "")]
    [InlineData("TOML", "environment = ['AWS_STS_REGIONAL_ENDPOINTS=legacy', 'A=b']", "legacy-mode")]
    [InlineData("TOML", "environment = [\"AWS_STS_REGIONAL_ENDPOINTS=regional\"]", "")]
    [InlineData("PROGRAM", "endpoints[0]=sts.amazonaws.com", "global-endpoint")]
    [InlineData("PROGRAM", "if (host==\"sts.amazonaws.com\")", "ambiguous-host")]
    [InlineData("PROGRAM", "builder.endpoint(\"sts.amazonaws.com\").build()", "global-endpoint")]
    [InlineData("PROGRAM", "builder.region(\"aws-global\")", "global-region")]
    [InlineData("PROGRAM", "router.Host(\"sts.amazonaws.com\")", "ambiguous-host")]
    [InlineData("MAKE", "STS_HOST?=sts.amazonaws.com", "global-endpoint")]
    [InlineData("PROGRAM", "builder.withEndpoint(\"sts.amazonaws.com\")", "global-endpoint")]
    [InlineData("PROGRAM", "client.useEndpoint(\"sts.amazonaws.com\")", "global-endpoint")]
    [InlineData("PROGRAM", "putEndpoint(\"sts.amazonaws.com\")", "global-endpoint")]
    [InlineData("PROGRAM", "host=>sts.amazonaws.com", "global-endpoint")]
    [InlineData("METRICS", "requests{host=\"sts.amazonaws.com\",x=\"{\"}", "ambiguous-host")]
    [InlineData("URLS", "https://sts.us-east-2.amazonaws.com:443,STS_HOST=sts.amazonaws.com", "global-endpoint")]
    [InlineData("URLS", "https://user:audience=x@example.com/?host=sts.amazonaws.com", "global-endpoint")]
    public void Read_Word_IsSplitAtItsDelimiters(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
