using System.Globalization;
using System.Text;
using StsWebhook.Core.CloudTrail;

namespace StsWebhook.Core.Tests.CloudTrail;

public sealed class CloudTrailEventTests
{
    [Theory]
    [InlineData("""{"additionalEventData":{"RequestDetails":{"endpointType":"global"}}}""", GlobalEndpointEvidence.EndpointType)]
    [InlineData("""{"additionalEventData":{"RequestDetails":{"endpointType":"regional"}}}""", GlobalEndpointEvidence.None)]
    [InlineData("""{"additionalEventData":{"endpointType":"global"}}""", GlobalEndpointEvidence.None)]
    [InlineData("""{"additionalEventData":null,"tlsDetails":null}""", GlobalEndpointEvidence.None)]
    [InlineData("""{"additionalEventData":"global","tlsDetails":["sts.amazonaws.com"]}""", GlobalEndpointEvidence.None)]
    [InlineData("""{"tlsDetails":{"clientProvidedHostHeader":7}}""", GlobalEndpointEvidence.None)]
    [InlineData("""{"requestParameters":{"tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}}""", GlobalEndpointEvidence.None)]
    [InlineData(
        """{"additionalEventData":{"RequestDetails":{"endpointType":"global"}},"tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}""",
        GlobalEndpointEvidence.EndpointType | GlobalEndpointEvidence.GlobalHost)]
    public void Read_Signs(string members, GlobalEndpointEvidence expected)
    {
        var call = Read(members);

        Assert.Equal(expected, call.Evidence);
        Assert.Equal(expected == GlobalEndpointEvidence.None, call.Caller is null);
    }

    [Theory]
    [InlineData("sts.amazonaws.com", GlobalEndpointEvidence.GlobalHost)]
    [InlineData("STS.amazonaws.com.:443", GlobalEndpointEvidence.GlobalHost)]
    [InlineData("sts-global.eu-north-1.amazonaws.com", GlobalEndpointEvidence.LocalHost)]
    [InlineData("sts-global", GlobalEndpointEvidence.None)]
    [InlineData("sts.eu-north-1.amazonaws.com", GlobalEndpointEvidence.None)]
    [InlineData("sts.amazonaws.com.cn", GlobalEndpointEvidence.None)]
    [InlineData("sts.amazonaws.com.example.com", GlobalEndpointEvidence.None)]
    [InlineData("my-sts.amazonaws.com", GlobalEndpointEvidence.None)]
    [InlineData("x.sts-global.eu-north-1.amazonaws.com", GlobalEndpointEvidence.None)]
    [InlineData("", GlobalEndpointEvidence.None)]
    public void Read_HostHeader_IsASign(string host, GlobalEndpointEvidence expected) =>
        Assert.Equal(expected, Read($$$"""{"tlsDetails":{"clientProvidedHostHeader":"{{{host}}}"}}""").Evidence);

    [Theory]
    [InlineData("""{"awsRegion":"us-east-1","additionalEventData":{"RequestDetails":{"awsServingRegion":"eu-north-1"}}}""", "eu-north-1")]
    [InlineData("""{"awsRegion":"us-east-1"}""", "eu-west-3")]
    public void Read_ServingRegion_IsWhatTheEventSays_ElseTheHost(string members, string expected) =>
        Assert.Equal(expected, GlobalCaller(members, "sts-global.EU-WEST-3.amazonaws.com").ServingRegion);

    [Fact]
    public void Read_ServingRegion_ElseTheRegionOfTheLog() =>
        Assert.Equal("us-east-1", GlobalCaller("""{"awsRegion":"us-east-1"}""").ServingRegion);

    [Theory]
    [InlineData("""{"arn":"arn:aws:sts::111122223333:assumed-role/ledger/i-0abc","type":"AssumedRole"}""", "arn:aws:sts::111122223333:assumed-role/ledger")]
    [InlineData("""{"arn":"arn:aws:sts::111122223333:assumed-role/ledger"}""", "arn:aws:sts::111122223333:assumed-role/ledger")]
    [InlineData("""{"arn":"arn:aws:iam::111122223333:user/team/deploy","userName":"deploy"}""", "arn:aws:iam::111122223333:user/team/deploy")]
    [InlineData("""{"arn":"arn:aws:iam::111122223333:root"}""", "arn:aws:iam::111122223333:root")]
    [InlineData(
        """{"userName":"system:serviceaccount:payments:ledger","identityProvider":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB"}""",
        "system:serviceaccount:payments:ledger via oidc.eks.eu-west-1.amazonaws.com/id/AB")]
    [InlineData("""{"userName":"ada","identityProvider":"accounts.example.com/x"}""", "ada via accounts.example.com/x")]
    [InlineData("""{"userName":"ada"}""", "ada")]
    [InlineData("""{"type":"AWSService","invokedBy":"eks.amazonaws.com"}""", "eks.amazonaws.com")]
    [InlineData("""{"principalId":"AROA987654321EXAMPLE:build-17","accountId":"444455556666"}""", "444455556666/AROA987654321EXAMPLE")]
    [InlineData("""{"principalId":"AIDACKCEVSQ6C2EXAMPLE"}""", "AIDACKCEVSQ6C2EXAMPLE")]
    [InlineData("""{"type":"Unknown","accessKeyId":"AKIAIOSFODNN7EXAMPLE"}""", "Unknown")]
    [InlineData("""{"accessKeyId":"AKIAIOSFODNN7EXAMPLE"}""", "unknown")]
    [InlineData("null", "unknown")]
    public void Read_Principal_HasNoSession_AndNoKey(string identity, string expected) =>
        Assert.Equal(expected, GlobalCaller($$"""{"userIdentity":{{identity}}}""").Principal);

    [Theory]
    [InlineData("""{"sourceIPAddress":"192.0.2.1","vpcEndpointId":"vpce-01"}""", "vpce-01")]
    [InlineData("""{"sourceIPAddress":"192.0.2.1","vpcEndpointId":null}""", "192.0.2.1")]
    [InlineData("{}", "")]
    public void Read_Source_IsTheVpcEndpoint_ElseTheAddress(string members, string expected) =>
        Assert.Equal(expected, GlobalCaller(members).Source);

    [Fact]
    public void Read_LongUserAgent_IsCut()
    {
        var agent = GlobalCaller($$"""{"userAgent":"{{new string('a', 2000)}}"}""").UserAgent;

        Assert.Equal(512, agent.Length);
        Assert.EndsWith("a…", agent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-08-02T10:00:00Z", "2025-08-02T10:00:00.0000000+00:00")]
    [InlineData("yesterday", null)]
    public void Read_Time_IsNullWhereItIsNone(string time, string? expected) =>
        Assert.Equal(expected, Read($$"""{"eventTime":"{{time}}"}""").Time?.ToString("o", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("""{"eventSource":"iam.amazonaws.com","tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}""")]
    [InlineData("""{"eventName":"sts.amazonaws.com"}""")]
    [InlineData("""{"eventSource":"ec2.amazonaws.com","userAgent":"caf\u00e9"}""")]
    [InlineData("""["sts.amazonaws.com"]""")]
    public void Read_WhatIsNoCallOfSts_IsNull(string json)
    {
        Assert.Null(CloudTrailEvent.Read(Encoding.UTF8.GetBytes(json), out var error));
        Assert.Null(error);
    }

    [Fact]
    public void Read_EscapedText_IsWhatItStandsFor()
    {
        var json = """{"event\u0053ource":"\u0073ts.amazonaws.com","tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws\u002ecom"}}"""u8.ToArray();

        Assert.True(CloudTrailEvent.IsLikely(json));
        Assert.Equal(GlobalEndpointEvidence.GlobalHost, CloudTrailEvent.Read(json, out _)?.Evidence);
    }

    [Fact]
    public void Read_EventWithinALookup_IsRead()
    {
        var json = """
            {"EventName":"AssumeRole","CloudTrailEvent":"{\"eventSource\":\"sts.amazonaws.com\",\"tlsDetails\":{\"clientProvidedHostHeader\":\"sts.amazonaws.com\"}}"}
            """u8.ToArray();

        Assert.Equal(GlobalEndpointEvidence.GlobalHost, CloudTrailEvent.Read(json, out _)?.Evidence);
    }

    [Theory]
    [InlineData("""{"eventSource":"sts.amazonaws.com","userAgent":"\ud800"}""")]
    [InlineData("""{"eventSource":"sts.amazonaws.com",}""")]
    [InlineData("""{"CloudTrailEvent":"{\"eventSource\":\"sts.amazonaws.com\""}""")]
    public void Read_BrokenEvent_IsAnError(string json)
    {
        Assert.Null(CloudTrailEvent.Read(Encoding.UTF8.GetBytes(json), out var error));
        Assert.StartsWith("not JSON: ", error, StringComparison.Ordinal);
    }

    private static Caller GlobalCaller(string members, string host = "sts.amazonaws.com") =>
        Read($$"""{"tlsDetails":{"clientProvidedHostHeader":"{{host}}"}{{(members == "{}" ? "}" : "," + members[1..])}}""").Caller!;

    private static StsCall Read(string members)
    {
        var call = CloudTrailEvent.Read(Encoding.UTF8.GetBytes($$"""{"eventSource":"sts.amazonaws.com",{{members[1..]}}"""), out var error);
        Assert.Null(error);
        return call!;
    }
}
