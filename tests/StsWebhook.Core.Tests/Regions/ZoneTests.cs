using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public class ZoneTests
{
    [Theory]
    [InlineData("us-east-2a", "us-east-2")]
    [InlineData("us-east-2", "us-east-2")]
    [InlineData("ap-southeast-10b", "ap-southeast-10")]
    [InlineData("us-west-2-lax-1a", "us-west-2")]
    [InlineData("us-east-1-wl1-bos-wlz-1", "us-east-1")]
    [InlineData("us-gov-west-1a", "us-gov-west-1")]
    [InlineData("cn-north-1b", "cn-north-1")]
    [InlineData("eusc-de-east-1a", "eusc-de-east-1")]
    [InlineData("us-iso-east-1a", "us-iso-east-1")]
    public void RegionOf_ZoneOfAws_IsItsRegion(string zone, string region) => Assert.Equal(region, Zone.RegionOf(zone));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("2a")]
    [InlineData("us-")]
    [InlineData("us-east")]
    [InlineData("us-east-")]
    [InlineData("us--east-2a")]
    [InlineData("us-ea5t-2a")]
    [InlineData("US-EAST-2A")]
    [InlineData(" us-east-2a")]
    [InlineData("us-east-\u0662a")]
    [InlineData("aws-global")]
    [InlineData("datacentre-1")]
    [InlineData("rack-7-row-3")]
    public void RegionOf_AnythingElse_IsNull(string zone) => Assert.Null(Zone.RegionOf(zone));
}
