using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class KeyClassifierTests
{
    [Theory]
    [InlineData("endpoint", "Endpoint")]
    [InlineData("AWS_ENDPOINT_URL_STS", "Endpoint")]
    [InlineData("-Daws.endpointUrlSts", "Endpoint")]
    [InlineData("--sts-endpoint", "Endpoint")]
    [InlineData("fs.s3a.assumed.role.sts.endpoint", "Endpoint")]
    [InlineData("STSEndpoint", "Endpoint")]
    [InlineData("stsendpoint", "Endpoint")]
    [InlineData("serviceEndpoint", "Endpoint")]
    [InlineData("Host", "Endpoint")]
    [InlineData("server", "Endpoint")]
    [InlineData("BASE_URI", "Endpoint")]
    [InlineData("audience", "Audience")]
    [InlineData("oidc.eks.us-east-2.amazonaws.com/id/A1:aud", "Audience")]
    [InlineData("--api-audiences", "Audience")]
    [InlineData("clientID", "Audience")]
    [InlineData("ClientIDList", "Audience")]
    [InlineData("client-id", "Audience")]
    [InlineData("Principal", "Audience")]
    [InlineData("endpointService", "Audience")]
    [InlineData("eventSource", "Audience")]
    [InlineData("NO_PROXY", "Audience")]
    [InlineData("noProxy", "Audience")]
    [InlineData("-Dhttp.nonProxyHosts", "Audience")]
    [InlineData("allowedAudiences", "Audience")]
    [InlineData("ALLOWED_HOSTS", "Unclear")]
    [InlineData("egressHosts", "Unclear")]
    [InlineData("excluded-urls", "Unclear")]
    [InlineData("PROXY", "Unclear")]
    [InlineData("sts", "Unclear")]
    [InlineData("id", "Unclear")]
    [InlineData("event", "Unclear")]
    [InlineData("curling", "Unclear")]
    [InlineData("hostel", "Unclear")]
    [InlineData("", "Unclear")]
    [InlineData("--", "Unclear")]
    public void Classify_Key_UsesItsLastMeaningfulWord(string key, string meaning) =>
        Assert.Equal(meaning, KeyClassifier.Classify(key).ToString());

    [Theory]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", true)]
    [InlineData("sts_regional_endpoints", true)]
    [InlineData("default.sts_regional_endpoints", true)]
    [InlineData("stsRegionalEndpoints", true)]
    [InlineData("$env:AWS_STS_REGIONAL_ENDPOINTS", true)]
    [InlineData("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", false)]
    [InlineData("regional_endpoints", false)]
    [InlineData("sts_regional_endpoints_note", false)]
    public void IsMode_Key_OnlyTheSdksChoice(string key, bool isMode) => Assert.Equal(isMode, KeyClassifier.IsEndpointMode(key));

    [Theory]
    [InlineData("AWS_REGION", true)]
    [InlineData("AWS_DEFAULT_REGION", true)]
    [InlineData("--region", true)]
    [InlineData("-Daws.region", true)]
    [InlineData("region", true)]
    [InlineData("profile.dev.region", true)]
    [InlineData("S3_REGION", false)]
    [InlineData("regions", false)]
    [InlineData("region_note", false)]
    public void IsRegion_Key_OnlyTheSdksRegion(string key, bool isRegion) => Assert.Equal(isRegion, KeyClassifier.IsRegion(key));

    [Theory]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", true)]
    [InlineData("$env:AWS_REGION", true)]
    [InlineData("$AWS_REGION", false)]
    [InlineData("${AWS_STS_REGIONAL_ENDPOINTS}", false)]
    [InlineData("endpoint", false)]
    public void IsKeyBeforeValue_Word_NotAReference(string word, bool isName) => Assert.Equal(isName, KeyClassifier.IsKeyBeforeValue(word));

    [Theory]
    [InlineData("sts", "endpoints", "endpoints")]
    [InlineData("aws.sts", "endpoints", "endpoints")]
    [InlineData("note", "endpoints", "note")]
    public void Nearest_KeyThatOnlyNamesAService_LeavesItToTheKeyAround(string key, string around, string expected) =>
        Assert.Equal(expected, KeyClassifier.Nearest(key, around));
}
