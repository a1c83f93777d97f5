using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public class PartitionsTests
{
    [Theory]
    [InlineData("us-east-2", "aws", "sts.us-east-2.amazonaws.com")]
    [InlineData("mx-central-1", "aws", "sts.mx-central-1.amazonaws.com")]
    [InlineData("cn-north-1", "aws-cn", "sts.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "aws-us-gov", "sts.us-gov-west-1.amazonaws.com")]
    [InlineData("us-iso-east-1", "aws-iso", "sts.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "aws-iso-b", "sts.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "sts.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", "aws-iso-f", "sts.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", "aws-eusc", "sts.eusc-de-east-1.amazonaws.eu")]
    public void Of_RegionOfEachPartition_HasItsIdAndDnsSuffix(string region, string id, string host)
    {
        var partition = Partitions.Find(region);

        Assert.NotNull(partition);
        Assert.Equal(id, partition.Id);
        Assert.Equal(host, partition.StsHost(region));
        Assert.True(Partitions.IsRegion(region));
    }

    [Theory]
    [InlineData("")]
    [InlineData("us-east-2\n")]
    [InlineData("\nus-east-2")]
    [InlineData("us-east-2 ")]
    [InlineData("us-east-2a")]
    [InlineData("us-east-\u0662")]
    [InlineData("US-EAST-2")]
    [InlineData("aws-global")]
    [InlineData("aws-cn-global")]
    [InlineData("aws-us-gov-global")]
    [InlineData("xx-east-1")]
    [InlineData("us-east-2.evil.example.com")]
    [InlineData("$(AWS_REGION)")]
    [InlineData("us-east-0123456789012345678901234567890123456789012345678901234567890")]
    public void Of_NoRegion_IsNull(string region)
    {
        Assert.Null(Partitions.Find(region));
        Assert.False(Partitions.IsRegion(region));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void IsRegion_LongName_IsOneUpToALabelsLength(int length, bool expected) =>
        Assert.Equal(expected, Partitions.IsRegion("us-" + new string('a', length - 5) + "-1"));

    [Fact]
    public void IsListed_RegionThatIsOnlyWellFormed_IsNot()
    {
        Assert.True(Partitions.IsListed("us-east-2"));
        Assert.False(Partitions.IsListed("us-nowhere-9"));
    }

    [Fact]
    public void Default_IsThePartitionOfMostRegions() => Assert.Equal("aws", Partitions.Default.Id);
}
