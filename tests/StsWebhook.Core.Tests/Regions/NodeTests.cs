using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public class NodeTests
{
    private static readonly Dictionary<string, string> NoLabels = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("aws:///us-east-2a/i-0123456789abcdef0", "us-east-2")]
    [InlineData("aws:///us-east-2a/fargate-ip-10-0-0-1.us-east-2.compute.internal", "us-east-2")]
    [InlineData("aws:///us-west-2-lax-1a/i-0123456789abcdef0", "us-west-2")]
    [InlineData("eks-hybrid:///us-west-2/cluster/mi-0123456789abcdef0", "us-west-2")]
    [InlineData("aws:///us-gov-west-1b", "us-gov-west-1")]
    [InlineData("aws:///", null)]
    [InlineData("aws://us-east-2a/i-0123456789abcdef0", null)]
    [InlineData("azure:///subscriptions/1/resourceGroups/us-east-2", null)]
    [InlineData("openstack:///deadbeef-1234-4000-8000-000000000000", null)]
    [InlineData("vsphere://4213", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void From_NoLabels_ReadsTheProviderId(string? providerId, string? region) =>
        Assert.Equal(region, Node.From("n", NoLabels, providerId).Region);

    [Fact]
    public void From_LabelThatIsARegion_WinsOverTheProviderId() => Assert.Equal(
        "eu-west-1",
        Node.From("n", Label("topology.kubernetes.io/region", "eu-west-1"), "aws:///us-east-2a/i-0").Region);

    [Fact]
    public void From_LabelThatIsNoRegion_LeavesItToTheProviderId() => Assert.Equal(
        "us-east-2",
        Node.From("n", Label("topology.kubernetes.io/region", "hall-3"), "aws:///us-east-2a/i-0").Region);

    private static Dictionary<string, string> Label(string key, string value) => new(StringComparer.Ordinal) { [key] = value };
}
