namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>The bare global host under other keys, and the names under which a region serves the global endpoint.</summary>
public class AmbiguousHostRuleTests
{
    [Theory]
    [InlineData("STS", "sts.amazonaws.com", "ambiguous-host")]
    [InlineData("NOTE", "the server sts.amazonaws.com is in us-east-1", "ambiguous-host")]
    [InlineData("NOTE", "see STS_ENDPOINT and sts.amazonaws.com", "ambiguous-host")]
    [InlineData("EGRESS_HOSTS", "s3.amazonaws.com sts.amazonaws.com", "ambiguous-host")]
    [InlineData("NOTE", "the server a: sts.amazonaws.com is in us-east-1", "ambiguous-host")]
    [InlineData("clientIDset", "sts.amazonaws.com", "ambiguous-host")]
    public void Evaluate_BareHostUnderUnclearKey_IsFound(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("STS_ENDPOINT", "sts-global.us-east-2.amazonaws.com", "ambiguous-host")]
    [InlineData("FOO", "https://STS-Global.EU-West-1.amazonaws.com/", "ambiguous-host")]
    [InlineData("AUDIENCE", "a,sts-global.us-east-2.amazonaws.com:443", "ambiguous-host")]
    [InlineData("APP_JSON", """{"sts":["x","https://sts-global.us-east-2.amazonaws.com"]}""", "ambiguous-host")]
    [InlineData("FOO", "sts-global.sts-global.us-east-2.amazonaws.com", "")]
    [InlineData("FOO", "my-sts-global.us-east-2.amazonaws.com", "")]
    [InlineData("FOO", "x.sts-global.us-east-2.amazonaws.com", "")]
    [InlineData("FOO", "sts-global.us-east-2.amazonaws.com.example.com", "")]
    [InlineData("FOO", "sts-global.nowhere.amazonaws.com", "")]
    [InlineData("FOO", "sts-global.us-east-2.example.com", "")]
    [InlineData("FOO", "sts-global.", "")]
    [InlineData("FOO", "sts-global.us-east-2.api.aws", "")]
    public void Evaluate_GlobalNameOfARegion_IsFoundUnderEveryKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
