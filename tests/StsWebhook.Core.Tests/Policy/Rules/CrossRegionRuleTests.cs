using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>Regional hosts in a pod of eu-west-1.</summary>
public class CrossRegionRuleTests
{
    [Theory]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.us-east-1.amazonaws.com", "cross-region")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://STS.US-East-1.amazonaws.com:443/", "cross-region")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts-fips.us-east-1.amazonaws.com", "cross-region")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.us-west-2.api.aws", "cross-region")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://vpce-0a1b-c2d3.sts.us-east-1.vpce.amazonaws.com", "cross-region")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.eu-west-1.amazonaws.com https://sts.us-east-1.amazonaws.com", "cross-region")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.eu-west-1.amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://vpce-0a1b-c2d3.sts.eu-west-1.vpce.amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.cn-north-1.amazonaws.com.cn", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.us-gov-west-1.amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.us-east-1.amazonaws.com.example.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://my-sts.us-east-1.amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://x.sts.us-east-1.amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.us-east-1a.amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.$(AWS_REGION).amazonaws.com", "")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://hosts.us-east-1.amazonaws.com", "")]
    [InlineData("STS_HOST", "sts.us-east-1.amazonaws.com", "cross-region")]
    [InlineData("FOO", "sts.us-east-1.amazonaws.com", "")]
    [InlineData("FOO", "https://sts.us-east-1.amazonaws.com", "cross-region")]
    [InlineData("AUDIENCE", "https://sts.us-east-1.amazonaws.com", "")]
    [InlineData("EGRESS_HOSTS", "sts.us-east-1.amazonaws.com", "")]
    [InlineData("APP_JSON", """{"sts":{"endpoint":"sts.us-east-1.amazonaws.com"}}""", "cross-region")]
    public void Evaluate_RegionalHost_IsComparedWithThePodsRegion(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value, new PodRegion(RegionSource.Node, "eu-west-1")));

    [Theory]
    [InlineData(RegionSource.None, null)]
    [InlineData(RegionSource.Binding, "eu-west-1")]
    public void Evaluate_RegionalHostInPodWithoutSettledRegion_IsSilent(RegionSource source, string? region) => Assert.Equal(
        string.Empty,
        Evaluated.Variable("AWS_ENDPOINT_URL_STS", "https://sts.us-east-1.amazonaws.com", new PodRegion(source, region)));
}
