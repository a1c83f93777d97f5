namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>Keys of blocks, name-value pairs and lists of flags.</summary>
public class IndentScopeTests
{
    [Theory]
    [InlineData("PROGRAM", "resource x {\n  endpoints {\n    sts = \"sts.amazonaws.com\"\n  }\n}", "global-endpoint")]
    [InlineData("PROGRAM", "client_id_list = [\n  \"sts.amazonaws.com\",\n]", "")]
    [InlineData("PROGRAM", "fetch_endpoint() {\n  curl sts.amazonaws.com\n}", "ambiguous-host")]
    [InlineData("TERRAFORM", "variable \"sts_endpoint\" {\n  default = \"sts.amazonaws.com\"\n}", "global-endpoint")]
    [InlineData("TERRAFORM", "variable \"audience\" {\n  default = \"sts.amazonaws.com\"\n}", "")]
    [InlineData("TERRAFORM", "endpoints \"x\" {\n  default = \"sts.amazonaws.com\"\n}", "global-endpoint")]
    public void Read_BlockOfALanguageWithBraces_HasItsKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));

    [Theory]
    [InlineData("APP_YAML", "env:\n- name: AWS_STS_REGIONAL_ENDPOINTS\n  value: legacy\n", "legacy-mode")]
    [InlineData("APP_YAML", "env:\n  - name: 'AWS_REGION'\n    value: \"aws-global\"\n", "global-region")]
    [InlineData("APP_YAML", "env:\n- name: AWS_STS_REGIONAL_ENDPOINTS\n  value: regional\n- name: MODE\n  value: legacy\n", "")]
    [InlineData("APP_YAML", "env:\n- name: AWS_STS_REGIONAL_ENDPOINTS\n  from:\n    value: legacy\n", "")]
    [InlineData("APP_YAML", "audience:\n  value: sts.amazonaws.com\n", "")]
    [InlineData("APP_YAML", "args:\n- --sts-endpoint\n- sts.amazonaws.com\n", "global-endpoint")]
    [InlineData("APP_YAML", "args:\n- --audience\n- sts.amazonaws.com\n- --region\n- aws-global\n", "global-region")]
    [InlineData("APP_YAML", "args:\n- --audience\n- --verbose\n- sts.amazonaws.com\n", "ambiguous-host")]
    [InlineData("APP_YAML", "args:\n- --audience\nlist:\n  - sts.amazonaws.com\n", "ambiguous-host")]
    public void Read_YamlPairOrList_HasItsKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
