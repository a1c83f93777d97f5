namespace StsWebhook.Core.Tests.Policy.Text;

public class JsonEntryReaderTests
{
    [Theory]
    [InlineData("APP_JSON", """{"sts":{"url":"sts.amazonaws.com"}}""", "global-endpoint")]
    [InlineData("APP_JSON", """{"endpoints":{"sts":"sts.amazonaws.com"}}""", "global-endpoint")]
    [InlineData("APP_JSON", """{"endpoints":["s3.amazonaws.com","sts.amazonaws.com"]}""", "global-endpoint")]
    [InlineData("APP_JSON", """{"note":"sts.amazonaws.com"}""", "ambiguous-host")]
    [InlineData("APP_JSON", """{"clientIdList":["sts.amazonaws.com"]}""", "")]
    [InlineData("APP_JSON", """{"Condition":{"StringEquals":{"oidc.eks.us-east-2.amazonaws.com/id/A1:aud":"sts.amazonaws.com"}}}""", "")]
    [InlineData("APP_JSON", """{"sts_regional_endpoints":"legacy"}""", "legacy-mode")]
    [InlineData("APP_JSON", """{"sts":{"stsRegionalEndpoints":"Legacy"}}""", "legacy-mode")]
    [InlineData("APP_JSON", """{"aws":{"region":"aws-global"}}""", "global-region")]
    [InlineData("APP_JSON", """{"stsRegionalEndpoints":"regional","region":"us-east-2"}""", "")]
    [InlineData("APP_JSON", "{\"endpoint\":\"sts\\u002eamazonaws.com\"}", "global-endpoint")]
    [InlineData("APP_JSON", "{\"half\":\"\\ud800\",\"endpoint\":\"sts.amazonaws.com\"}", "global-endpoint")]
    [InlineData("APP_JSON", """{"principal":{"sts":"sts.amazonaws.com"},"note":"%22"}""", "")]
    [InlineData("APP_JSON", """{"config":"[default]\nsts_regional_endpoints = legacy\n"}""", "legacy-mode")]
    [InlineData("APP_JSON", """[{"broken": "sts.amazonaws.com", }""", "ambiguous-host")]
    [InlineData("APP_JSON", """{"https://sts.amazonaws.com":1}""", "global-endpoint")]
    [InlineData("APP_JSON", "[\"\\n\", {\"sts_regional_endpoints\":\"legacy\"}]", "legacy-mode")]
    public void Read_Json_HasTheNearestMemberAsKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("APP_JSON", """{"env":[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":"legacy"}]}""", "legacy-mode")]
    [InlineData("APP_JSON", """{"env":[{"value":"aws-global","name":"AWS_REGION"}]}""", "global-region")]
    [InlineData("APP_JSON", """{"Tags":[{"Key":"audience","Value":"sts.amazonaws.com"}]}""", "")]
    [InlineData("APP_JSON", """{"rules":[{"key":"aud","values":["sts.amazonaws.com"]}]}""", "")]
    [InlineData("APP_JSON", """{"name":"AWS_REGION","description":"aws-global"}""", "")]
    [InlineData("APP_JSON", """{"name":{"value":"AWS_REGION"},"value":"aws-global"}""", "")]
    [InlineData("APP_JSON", """{"args":["--sts-endpoint","sts.amazonaws.com"]}""", "global-endpoint")]
    [InlineData("APP_JSON", """{"args":["--audience","sts.amazonaws.com"]}""", "")]
    [InlineData("APP_JSON", """{"command":["env","-i","AWS_REGION=x","/app"]}""", "injection-undone")]
    [InlineData("APP_JSON", """{"args":["--sts-endpoint",["sts.amazonaws.com"]]}""", "ambiguous-host")]
    [InlineData("APP_JSON", """{"args":["--verbose","--sts-endpoint","sts.amazonaws.com"]}""", "global-endpoint")]
    [InlineData("APP_JSON", """{"args":["--audience",1,"sts.amazonaws.com"]}""", "ambiguous-host")]
    [InlineData("APP_JSON", """{"audience":["app","sts.amazonaws.com"]}""", "")]
    public void Read_NameValuePairOrArguments_HasItsKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
