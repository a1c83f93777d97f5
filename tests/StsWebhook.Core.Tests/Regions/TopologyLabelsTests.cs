using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public class TopologyLabelsTests
{
    [Theory]
    [InlineData("topology.kubernetes.io/region", "eu-west-1", "eu-west-1")]
    [InlineData("failure-domain.beta.kubernetes.io/region", "eu-west-1", "eu-west-1")]
    [InlineData("topology.kubernetes.io/zone", "eu-west-1c", "eu-west-1")]
    [InlineData("failure-domain.beta.kubernetes.io/zone", "us-west-2-lax-1a", "us-west-2")]
    [InlineData("topology.kubernetes.io/region", "Datacentre West", null)]
    [InlineData("topology.kubernetes.io/region", "eu-west-1c", null)]
    [InlineData("topology.kubernetes.io/zone", "rack-7", null)]
    [InlineData("example.com/region", "eu-west-1", null)]
    public void RegionFrom_OneLabel_CountsOnlyWhereItIsARegion(string key, string value, string? region) =>
        Assert.Equal(region, TopologyLabels.RegionFrom(key, value));

    [Fact]
    public void RegionFrom_AllLabels_TakesTheFirstThatTells()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["failure-domain.beta.kubernetes.io/zone"] = "us-east-1a",
            ["topology.kubernetes.io/zone"] = "us-east-2a",
            ["failure-domain.beta.kubernetes.io/region"] = "us-west-1",
            ["topology.kubernetes.io/region"] = "us-west-2",
        };

        var answers = new List<string?>();
        foreach (var key in TopologyLabels.Regions.Concat(TopologyLabels.Zones))
        {
            answers.Add(TopologyLabels.RegionFrom(labels));
            labels[key] = "somewhere";
        }

        Assert.Equal(["us-west-2", "us-west-1", "us-east-2", "us-east-1"], answers);
        Assert.Null(TopologyLabels.RegionFrom(labels));
    }
}
