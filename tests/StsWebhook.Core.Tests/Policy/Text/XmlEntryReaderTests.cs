namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>XML as Hadoop, Hive and Spring write it, and broken XML.</summary>
public class XmlEntryReaderTests
{
    [Theory]
    [InlineData("SITE", "<configuration><property><name>fs.s3a.assumed.role.sts.endpoint</name><value>sts.amazonaws.com</value></property></configuration>", "global-endpoint")]
    [InlineData("SITE", "<?xml version='1.0'?>\n<a>\n <property>\n  <name>oidc.audience</name>\n  <value>sts.amazonaws.com</value>\n </property>\n</a>", "")]
    [InlineData("SITE", "<a><property><name>x.endpoint</name></property><property><value>sts.amazonaws.com</value></property></a>", "ambiguous-host")]
    [InlineData("SITE", "<a><stsEndpoint>sts.amazonaws.com</stsEndpoint></a>", "global-endpoint")]
    [InlineData("SITE", "<a><stsEndpoint>x</stsEndpoint>sts.amazonaws.com</a>", "ambiguous-host")]
    [InlineData("SITE", "<bean><property name=\"stsEndpoint\" value=\"sts.amazonaws.com\"/></bean>", "global-endpoint")]
    [InlineData("SITE", "<bean><property name='audience' value='sts.amazonaws.com' /></bean>", "")]
    [InlineData("SITE", "<client endpoint=\"sts.amazonaws.com\" />", "global-endpoint")]
    [InlineData("SITE", "<a href=sts.amazonaws.com>", "ambiguous-host")]
    [InlineData("SITE", "<a><endpoint>sts&#46;amazonaws.com</endpoint></a>", "global-endpoint")]
    [InlineData("SITE", "<a><endpoint><![CDATA[sts.amazonaws.com]]></endpoint></a>", "global-endpoint")]
    [InlineData("SITE", "<a><!-- endpoint = sts.amazonaws.com --></a>", "ambiguous-host")]
    [InlineData("SITE", "<a><!-- audience = sts.amazonaws.com --></a>", "")]
    [InlineData("SITE", "<a><mode><![CDATA[[default]\nsts_regional_endpoints = legacy]]></mode></a>", "legacy-mode")]
    [InlineData("SITE", "<endpoint>sts.amazonaws.com<broken>", "global-endpoint")]
    [InlineData("SITE", "<!--sts.amazonaws.com>", "ambiguous-host")]
    [InlineData("SITE", "<a><!-- x --><audience>sts.amazonaws.com</audience></a>", "")]
    [InlineData("SITE", "<a><audience><![CDATA[x]]>sts.amazonaws.com</audience></a>", "")]
    [InlineData("SITE", "<a><endpoint><![CDATA[sts&#46;amazonaws.com]]></endpoint></a>", "")]
    [InlineData("SITE", "<a><audience x=\"1\">sts.amazonaws.com</audience></a>", "")]
    [InlineData("SITE", "<a><property name=\"\" value=\"sts.amazonaws.com\"/></a>", "ambiguous-host")]
    [InlineData("SITE", "<a><property name=\"audience\" type=\"sts.amazonaws.com\"/></a>", "ambiguous-host")]
    [InlineData("SITE", "<a x=\"1\" audience=\"sts.amazonaws.com\" />", "")]
    [InlineData("SITE", "<a x=>sts.amazonaws.com</a>", "ambiguous-host")]
    public void Read_Xml_HasTheNearestElementOrAttributeAsKey(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
