namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>The global host as the target of calls, and hosts that only look like it.</summary>
public class GlobalEndpointRuleTests
{
    [Theory]
    [InlineData("STS_ENDPOINT", "sts.amazonaws.com", "global-endpoint")]
    [InlineData("stsEndpoint", "sts.amazonaws.com", "global-endpoint")]
    [InlineData("STS_SERVER_ADDR", "sts.amazonaws.com:443", "global-endpoint")]
    [InlineData("TOKEN_SERVICE_URL", "sts.amazonaws.com", "global-endpoint")]
    [InlineData("AUDIENCE", "sts.amazonaws.com", "")]
    [InlineData("OIDC_CLIENT_ID", "sts.amazonaws.com", "")]
    [InlineData("OIDC_CLIENT_IDS", "sts.amazonaws.com", "")]
    [InlineData("CLIENT_ID_LIST", "sts.amazonaws.com", "")]
    [InlineData("clientID", "sts.amazonaws.com", "")]
    [InlineData("ALLOWED_AUDIENCES", "sts.amazonaws.com", "")]
    [InlineData("TRUSTED_SERVICE_PRINCIPALS", "sts.amazonaws.com", "")]
    [InlineData("EVENT_SOURCE", "sts.amazonaws.com", "")]
    [InlineData("eventSource", "sts.amazonaws.com", "")]
    [InlineData("VPC_ENDPOINT_SERVICE", "sts.amazonaws.com", "")]
    [InlineData("TOKEN_AUDIENCES", "https://kubernetes.default.svc,sts.amazonaws.com", "")]
    [InlineData("TOKEN_AUDIENCES", "api sts.amazonaws.com", "")]
    [InlineData("clientIDs", "sts.amazonaws.com", "")]
    public void Evaluate_BareHost_DependsOnTheKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("NO_PROXY", "localhost,127.0.0.1,.svc,sts.amazonaws.com", "")]
    [InlineData("NO_PROXY", "localhost:8080,sts.amazonaws.com", "")]
    [InlineData("no_proxy", "10.0.0.0/8,sts.amazonaws.com:443", "")]
    [InlineData("JAVA_TOOL_OPTIONS", "-Dhttp.nonProxyHosts=localhost|sts.amazonaws.com -Xmx1g", "")]
    [InlineData("JAVA_TOOL_OPTIONS", "-Xmx1g -Dhttp.nonProxyHosts=\"localhost|sts.amazonaws.com\"", "")]
    public void Evaluate_HostInProxyException_IsSilent(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("FOO", "https://sts.amazonaws.com", "global-endpoint")]
    [InlineData("AUDIENCE", "https://sts.amazonaws.com", "global-endpoint")]
    [InlineData("FOO", "https://sts.amazonaws.com:443/", "global-endpoint")]
    [InlineData("FOO", "https://sts.amazonaws.com./?Action=GetCallerIdentity", "global-endpoint")]
    [InlineData("FOO", "https://user:secret@sts.amazonaws.com/", "global-endpoint")]
    [InlineData("FOO", "//sts.amazonaws.com", "global-endpoint")]
    [InlineData("FOO", "see https://sts.amazonaws.com.", "global-endpoint")]
    [InlineData("FOO", "https://proxy.example.com/?url=https%3A%2F%2Fsts.amazonaws.com%2F", "global-endpoint")]
    public void Evaluate_Url_IsFoundUnderEveryKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("FOO", "https://STS.AMAZONAWS.COM", "global-endpoint")]
    [InlineData("FOO", "https://sts%2Eamazonaws%2ecom", "global-endpoint")]
    [InlineData("FOO", "https://%73ts.amazonaws.com", "global-endpoint")]
    [InlineData("FOO", "https://\uFF53\uFF54\uFF53.amazonaws.com", "global-endpoint")]
    [InlineData("FOO", "https://\uFF33\uFF34\uFF33\uFF0Eamazonaws\uFF0Ecom", "global-endpoint")]
    [InlineData("FOO", "https://s\uFB06.amazonaws.com", "")]
    [InlineData("FOO", "https://\uFB06s.amazonaws.com", "global-endpoint")]
    [InlineData("FOO", "https://st\u017F.amazonaws.com", "global-endpoint")]
    [InlineData("FOO", "https://sts\u3002amazonaws\uFF61com", "global-endpoint")]
    [InlineData("FOO", "https://s\u00ADts.amazon\u200Baws.com", "global-endpoint")]
    [InlineData("FOO", "https\uFF1A//\uD835\uDC2C\uD835\uDC2D\uD835\uDC2C.amazonaws.com", "global-endpoint")]
    [InlineData("STS_HOST", "\u24E2\u24E3\u24E2.amazonaws.com", "global-endpoint")]
    public void Evaluate_HostInAnotherSpelling_IsFound(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("X_ENDPOINT", "https://\u0455ts.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com.example.com", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.community", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com-proxy.example.com", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com_x", "")]
    [InlineData("X_ENDPOINT", "https://my-sts.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://my_sts.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://eu.sts.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com@proxy.example.com/", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com:secret@proxy.example.com/", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com.cn", "")]
    [InlineData("X_ENDPOINT", "https://sts.us-east-1.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://sts-fips.us-east-1.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://${PREFIX}sts.amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://sts.amazonaws.com$SUFFIX", "")]
    [InlineData("X_ENDPOINT", "https://sts.$(AWS_REGION).amazonaws.com", "")]
    [InlineData("X_ENDPOINT", "https://mirror.example.com/sts.amazonaws.com/v1", "")]
    [InlineData("CA_FILE", "/etc/ssl/certs/sts.amazonaws.com", "")]
    [InlineData("IMAGE", "registry.example.com/mirror/sts.amazonaws.com/proxy:1", "")]
    [InlineData("PROVIDER", "arn:aws:iam::111122223333:oidc-provider/sts.amazonaws.com", "")]
    public void Evaluate_OtherHost_IsSilent(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
