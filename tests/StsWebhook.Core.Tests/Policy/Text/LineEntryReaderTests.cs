namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>Lines of INI files, Java properties, YAML and Fluent Bit.</summary>
public class LineEntryReaderTests
{
    [Theory]
    [InlineData("AWS_CONFIG", "[profile a]\nsts_regional_endpoints=legacy\n", "legacy-mode")]
    [InlineData("AWS_CONFIG", "[profile a]\r\nsts_regional_endpoints\t=\tLEGACY\r\n", "legacy-mode")]
    [InlineData("AWS_CONFIG", "[default]\nsts_regional_endpoints = legacy ; until March", "legacy-mode")]
    [InlineData("AWS_CONFIG", "[default]\nsts_regional_endpoints = regional # legacy is out", "")]
    [InlineData("AWS_CONFIG", "[default]\nregion = aws-global\n", "global-region")]
    [InlineData("AWS_CONFIG", "[default]\nregion=aws-global\nsts_regional_endpoints=legacy", "global-region,legacy-mode")]
    [InlineData("AWS_CONFIG", "[services s]\nsts =\n  endpoint_url = https://sts.amazonaws.com", "global-endpoint")]
    [InlineData("AWS_CONFIG", "[default]\nsts_regional_endpoints = maybe", "invalid-mode")]
    [InlineData("AWS_CONFIG", "[default]\nsts_regional_endpoints = regional\nregion = us-east-2", "")]
    [InlineData("AWS_CONFIG", "[default]\n# sts_regional_endpoints as legacy calls sts.amazonaws.com", "ambiguous-host")]
    [InlineData("AWS_CONFIG", "[default]\ndefault_region = aws-global\n", "global-region")]
    [InlineData("AWS_CONFIG", "a\\\nsts_regional_endpoints = legacy", "legacy-mode")]
    public void Read_Ini_HasItsKeys(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("APP_PROPERTIES", "aws.sts.endpoint=sts.amazonaws.com\naws.region=us-east-2", "global-endpoint")]
    [InlineData("APP_PROPERTIES", "oidc.audience=sts.amazonaws.com\noidc.issuer=https://example.com", "")]
    [InlineData("APP_PROPERTIES", "aws.region=aws-global\nx=1", "global-region")]
    public void Read_JavaProperties_HasItsKeys(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("APP_YAML", "sts:\n  endpoint: sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("APP_YAML", "sts:\n  endpoint: \"sts.amazonaws.com\" # for now\n", "global-endpoint")]
    [InlineData("APP_YAML", "endpoints:\n  s3:\n    - s3.amazonaws.com\n  sts: sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("APP_YAML", "audiences:\n- sts.amazonaws.com\n", "")]
    [InlineData("APP_YAML", "audiences: # who may read the token\n  - sts.amazonaws.com\n", "")]
    [InlineData("APP_YAML", "audiences:\n  - kubernetes\n  - sts.amazonaws.com\nendpoint: sts.us-east-2.amazonaws.com\n", "")]
    [InlineData("APP_YAML", "audience: [kubernetes, sts.amazonaws.com]\n", "")]
    [InlineData("APP_YAML", "hosts:\n- name: sts\n  host: sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("APP_YAML", "endpoint: >-\n  sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("APP_YAML", "config: |\n  [default]\n  sts_regional_endpoints = legacy\n", "legacy-mode")]
    [InlineData("APP_YAML", "env:\n  AWS_STS_REGIONAL_ENDPOINTS: legacy # old\n", "legacy-mode")]
    [InlineData("APP_YAML", "env:\n  AWS_STS_REGIONAL_ENDPOINTS: 'regional'\n  AWS_REGION: us-east-2\n", "")]
    [InlineData("APP_YAML", "aws:\n  region: aws-global\n", "global-region")]
    [InlineData("APP_YAML", "principal:\n  service: sts.amazonaws.com\n", "")]
    [InlineData("APP_YAML", "endpoint: &sts sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("APP_YAML", "name: audience\nx:\n  value: sts.amazonaws.com\n", "ambiguous-host")]
    [InlineData("APP_YAML", "args:\n- --audience=x\n- sts.amazonaws.com\n", "ambiguous-host")]
    [InlineData("YAML", "aws:\n  audiences:\n\n    - sts.amazonaws.com\n", "")]
    [InlineData("YAML", "aws:\n  endpoint:\n\n    sts.amazonaws.com\n", "global-endpoint")]
    public void Read_Yaml_HasTheNearestKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("FLUENT_BIT", "[OUTPUT]\n    Name s3\n    sts_endpoint sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("FLUENT_BIT", "[OUTPUT]\n    Name s3\n    sts_audience sts.amazonaws.com\n", "")]
    [InlineData("FLUENT_BIT", "[OUTPUT]\n    the.sts!endpoint sts.amazonaws.com\n", "ambiguous-host")]
    public void Read_KeyWithoutDelimiter_NamesTheNextWord(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
