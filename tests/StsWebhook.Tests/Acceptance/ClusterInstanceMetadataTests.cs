using System.Net;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The default region by the instance metadata service, in a cluster whose nodes tell nothing.</summary>
public sealed class ClusterInstanceMetadataTests
{
    private static readonly (string, string) Asks = ("AWS_EC2_METADATA_DISABLED", "false");

    [Fact]
    public async Task Start_ServiceReturnsARegion_IsTheDefault()
    {
        await using var server = await StubApiServer.StartAsync();
        await using var service = await StubInstanceMetadata.StartAsync("eu-central-1");
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, Asks, service.Variable);

        await webhook.RegionAsync(ClusterReview.Pod(), "default", "eu-central-1");

        Assert.Equal([("PUT", "/latest/api/token"), ("GET", "/latest/meta-data/placement/region")], service.Requests.Select(r => (r.Method, r.Path)));
        Assert.Contains("eu-central-1", Assert.Single(await webhook.LoggedAsync(34)), StringComparison.Ordinal);
        Assert.DoesNotContain("AQAEAstub", webhook.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SeveralRegions_BindingOverwritesTheDefault()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed([StubCluster.Node("node-a", "us-east-2"), StubCluster.Node("node-b", "eu-west-1")]);
        await using var service = await StubInstanceMetadata.StartAsync("us-east-2");
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, Asks, service.Variable);

        await webhook.RegionAsync(ClusterReview.Pod(), "binding", "us-east-2");
    }

    [Fact]
    public async Task Start_ServiceReturnsNoRegion_ThereIsNoDefault()
    {
        await using var server = await StubApiServer.StartAsync();
        await using var service = await StubInstanceMetadata.StartAsync("<html>Sign in</html>");
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, Asks, service.Variable);

        await Eventually.HoldsAsync("both questions", () => service.Requests.Count == 2);

        await AssertNoRegionAsync(webhook);
        Assert.Empty(await webhook.LoggedAsync(34));
    }

    [Fact]
    public async Task Start_ServiceDisabled_SendsNoRequest()
    {
        await using var server = await StubApiServer.StartAsync();
        await using var service = await StubInstanceMetadata.StartAsync("eu-central-1");
        await using var webhook = await ClusterWebhook.StartWatchingAsync(
            server, null, ("AWS_EC2_METADATA_DISABLED", "True"), service.Variable);

        await AssertNoRegionAsync(webhook);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Start_RegionConfigured_SendsNoRequest()
    {
        await using var server = await StubApiServer.StartAsync();
        await using var service = await StubInstanceMetadata.StartAsync("eu-central-1");
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, ["--region", "eu-north-1"], Asks, service.Variable);

        await webhook.RegionAsync(ClusterReview.Pod(), "default", "eu-north-1");
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("127.0.0.1")]
    [InlineData("nonsense")]
    public async Task Start_NoService_ReviewsAreAnswered(string endpoint)
    {
        await using var server = await StubApiServer.StartAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(
            server, null, Asks, ("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint), ("STS_WEBHOOK__LOG_LEVEL", "debug"));
        await Eventually.HoldsAsync("a line", async () => (await webhook.LoggedAsync(35)).Length == 1);

        await AssertNoRegionAsync(webhook);
        Assert.Equal(HttpStatusCode.OK, (await webhook.ReadinessAsync()).Status);
        Assert.DoesNotContain(webhook.Process.Output, line => line.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_ServiceDoesNotAnswer_StartsWithoutWaiting()
    {
        await using var server = await StubApiServer.StartAsync();
        var never = new TaskCompletionSource();
        await using var service = await StubInstanceMetadata.StartAsync("eu-central-1", never.Task);
        await using var webhook = await ClusterWebhook.StartWatchingAsync(
            server, null, Asks, service.Variable, ("STS_WEBHOOK__LOG_LEVEL", "debug"));

        await AssertNoRegionAsync(webhook);
        await Eventually.HoldsAsync("a line", async () => (await webhook.LoggedAsync(35)).Length == 1);
        Assert.Contains("no answer in time", (await webhook.LoggedAsync(35))[0], StringComparison.Ordinal);
    }

    private static async Task AssertNoRegionAsync(ClusterWebhook webhook) =>
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS", Assert.Single((await webhook.MutateAsync(ClusterReview.Pod())).Variables().Keys));
}
