namespace StsWebhook.Core.Tests.Policy.Text;

public class ServerDirectiveTests
{
    [Theory]
    [InlineData("NGINX", "upstream sts {\n  server sts.amazonaws.com:443;\n}", "global-endpoint")]
    [InlineData("HAPROXY", "backend sts\n  server sts1 sts.amazonaws.com:443 check", "global-endpoint")]
    [InlineData("NGINX", "upstream sts {\n  server sts.amazonaws.com;\n}", "global-endpoint")]
    [InlineData("PROSE", "server sts.amazonaws.com is in us-east-1", "ambiguous-host")]
    public void Read_ServerDirective_NamesAHost(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
