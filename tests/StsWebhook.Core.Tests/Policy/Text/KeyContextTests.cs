namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>Names before a word of a command line.</summary>
public class KeyContextTests
{
    [Theory]
    [InlineData("QUERY", "select * from t where eventsource = 'sts.amazonaws.com'", "")]
    [InlineData("QUERY", "select * from t where eventsource IN ('iam.amazonaws.com', 'sts.amazonaws.com') and x = 1", "")]
    [InlineData("QUERY", "select * from t where x = 'a', 'sts.amazonaws.com'", "ambiguous-host")]
    [InlineData("QUERY", "{ ($.eventSource = \"sts.amazonaws.com\") && ($.errorCode = \"*\") }", "")]
    [InlineData("PROGRAM", "if host == \"sts.amazonaws.com\" then", "ambiguous-host")]
    [InlineData("PROGRAM", "if audience == \"sts.amazonaws.com\" then", "")]
    [InlineData("PROGRAM", "if stsRegionalEndpoints === 'legacy' then", "")]
    [InlineData("PROGRAM", "const host = \"sts.amazonaws.com\";", "global-endpoint")]
    [InlineData("PROGRAM", "new STS({ region: 'us-east-2', endpoint: 'sts.amazonaws.com' })", "global-endpoint")]
    [InlineData("PROGRAM", "hosts: a, sts.amazonaws.com", "global-endpoint")]
    [InlineData("PROGRAM", "set hosts: a sts.amazonaws.com", "ambiguous-host")]
    [InlineData("PROGRAM", "while [ 1 ] { $host = sts.amazonaws.com }", "ambiguous-host")]
    [InlineData("PROGRAM", "endpoints[0] = 'sts.amazonaws.com'", "global-endpoint")]
    [InlineData("PROGRAM", "System.setProperty(\"sts.endpoint\", \"sts.amazonaws.com\");", "global-endpoint")]
    [InlineData("RULE", "host == \"sts.amazonaws.com\"", "ambiguous-host")]
    [InlineData("RULE", "host =~ \"sts.amazonaws.com\"", "ambiguous-host")]
    [InlineData("AUDIENCE", "x ; curl sts.amazonaws.com", "ambiguous-host")]
    [InlineData("TRUST", "oidc.eks.us-east-2.amazonaws.com/id/A1:aud: sts.amazonaws.com", "")]
    [InlineData("PROGRAM", "props.put(\"sts.endpoint\", \"sts.amazonaws.com\")", "global-endpoint")]
    [InlineData("PROGRAM", "if ( host = sts.amazonaws.com )", "ambiguous-host")]
    [InlineData("NGINX", "set $sts_host sts.amazonaws.com;", "global-endpoint")]
    [InlineData("PYTHON", "STS_HOST: str = \"sts.amazonaws.com\"", "global-endpoint")]
    [InlineData("TEMPLATE", "{{ env.STS_HOST | default \"sts.amazonaws.com\" }}", "global-endpoint")]
    public void Read_WordsAfterAName_HaveThatKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
