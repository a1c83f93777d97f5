namespace StsWebhook.Core.Tests.Policy.Text;

public class SedScriptTests
{
    [Theory]
    [InlineData("sed -i 's/a\\/sts/endpoint=sts.amazonaws.com/' app.yaml", "global-endpoint")]
    [InlineData("sed -i 's/a/b/;/endpoint=sts.amazonaws.com/d' app.yaml", "")]
    [InlineData("sed -i 's/sts_regional_endpoints = legacy/sts_regional_endpoints = regional/' ~/.aws/config", "")]
    [InlineData("sed -i 's|https://sts.amazonaws.com|https://sts.us-east-2.amazonaws.com|g' app.yaml", "")]
    [InlineData("sed -e '/sts_regional_endpoints = legacy/d' ~/.aws/config", "")]
    [InlineData("sed -i 's/^mode.*$/sts_regional_endpoints = legacy/' ~/.aws/config", "legacy-mode")]
    [InlineData("sed -i 's#@STS@#https://sts.amazonaws.com#;s/a/b/' app.yaml", "global-endpoint")]
    [InlineData("sed -i 's/a/b/;s,@HOST@,endpoint=sts.amazonaws.com,' app.yaml", "global-endpoint")]
    [InlineData("sed -i 's/sts.amazonaws.com/unfinished' app.yaml", "")]
    [InlineData("sed -i 's|s/a/endpoint=sts.amazonaws.com/|b|' fix.sed", "")]
    [InlineData("sed -i s", "")]
    [InlineData("sed -i \"s s.amazonaws.comsendpoint=sts.amazonaws.coms\" app.yaml", "")]
    [InlineData("sed -i \"echo s a/endpoint=sts.amazonaws.com\" app.yaml", "")]
    [InlineData("sed -e as/a/endpoint=sts.amazonaws.com/ app.yaml", "")]
    [InlineData("sed -e s/a/b/ -e s/a/endpoint=sts.amazonaws.com/ app.yaml", "global-endpoint")]
    [InlineData("sed -e s/a/endpoint=sts.amazonaws.com app.yaml", "")]
    public void Read_SedCommand_ReadsOnlyReplacements(string script, string rules) =>
        Assert.Equal(rules, Evaluated.Command("/bin/sh", "-c", script));
}
