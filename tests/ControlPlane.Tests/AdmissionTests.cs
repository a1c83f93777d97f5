using System.Net;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>How a real API server handles the webhook's answers: it applies patches, passes messages on and keeps annotations.</summary>
public sealed class AdmissionTests : IClassFixture<Cluster>
{
    private const string Mode = "AWS_STS_REGIONAL_ENDPOINTS";

    private static readonly string[] Regions = ["AWS_DEFAULT_REGION", "AWS_REGION"];

    private readonly Cluster cluster;

    public AdmissionTests(Cluster cluster)
    {
        Assert.SkipUnless(Assets.AreThere, Assets.Missing);
        this.cluster = cluster;
    }

    [Fact]
    public async Task Create_BarePodInAClusterOfOneRegion_GetsItsRegion()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        var path = await cluster.NamespaceAsync();

        var pod = await CreateAsync(path, TestPod.Bare("app"));

        Assert.Equal("regional", TestPod.Value(pod, Mode));
        Assert.All(Regions, variable => Assert.Equal("us-east-2", TestPod.Value(pod, variable)));
        Assert.Null(TestPod.NodeRegion(pod));
    }

    [Fact]
    public async Task Bind_PodInAClusterOfTwoRegions_GetsTheRegionOfItsNode()
    {
        await cluster.HaveRegionsAsync("us-east-2", "eu-west-1");
        var path = await cluster.NamespaceAsync();

        foreach (var region in new[] { "us-east-2", "eu-west-1" })
        {
            var name = "app-" + region;
            var pod = await CreateAsync(path, TestPod.Bare(name));
            Assert.Equal("regional", TestPod.Value(pod, Mode));
            Assert.All(Regions, variable =>
                Assert.Equal("metadata.annotations['sts-webhook.io/node-region']", TestPod.Field(pod, variable)));
            // Until the pod has a node the annotation holds one of the two regions: it is never empty.
            Assert.Equal("eu-west-1", TestPod.NodeRegion(pod));

            (await cluster.Api.PostAsync($"{path}/pods/{name}/binding", new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name },
                ["target"] = new JsonObject { ["kind"] = "Node", ["name"] = Cluster.NodeOf(region) },
            })).ThrowIfRefused();

            pod = (await cluster.Api.GetAsync($"{path}/pods/{name}")).ThrowIfRefused().Json;
            Assert.Equal(Cluster.NodeOf(region), (string?)pod["spec"]!["nodeName"]);
            Assert.Equal(region, TestPod.NodeRegion(pod));
        }
    }

    [Fact]
    public async Task Create_PodForOneNodeByName_GetsTheRegionOfThatNode()
    {
        await cluster.HaveRegionsAsync("us-east-2", "eu-west-1");
        var path = await cluster.NamespaceAsync();

        var pod = await CreateAsync(path, TestPod.ForNode("agent", Cluster.NodeOf("us-east-2")));

        Assert.All(Regions, variable => Assert.Equal("us-east-2", TestPod.Value(pod, variable)));
    }

    [Fact]
    public async Task Debug_EphemeralContainer_GetsTheVariables()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        var path = await cluster.NamespaceAsync();
        await CreateAsync(path, TestPod.Bare("app"));

        var pod = (await cluster.Api.PatchAsync($"{path}/pods/app/ephemeralcontainers", new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["ephemeralContainers"] = new JsonArray(new JsonObject { ["name"] = "debugger", ["image"] = "example.com/debug:1" }),
            },
        })).ThrowIfRefused().Json;

        Assert.Equal("regional", TestPod.Value(pod, Mode, "ephemeralContainers"));
        Assert.Equal("us-east-2", TestPod.Value(pod, "AWS_REGION", "ephemeralContainers"));
    }

    [Fact]
    public async Task Create_DryRun_ShowsTheVariablesAndKeepsNothing()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        var path = await cluster.NamespaceAsync();

        var pod = (await cluster.Api.PostAsync($"{path}/pods?dryRun=All", TestPod.Bare("app"))).ThrowIfRefused().Json;

        Assert.Equal("us-east-2", TestPod.Value(pod, "AWS_REGION"));
        Assert.Equal(HttpStatusCode.NotFound, (await cluster.Api.GetAsync($"{path}/pods/app")).Status);
        Assert.Contains("dry_run=\"true\"", await cluster.Webhook.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_PodThatCallsTheGlobalEndpoint_IsDeniedWithFieldAndRemedy()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        var path = await cluster.NamespaceAsync();

        var answer = await cluster.Api.PostAsync($"{path}/pods", TestPod.Bare("app", new JsonArray(new JsonObject
        {
            ["name"] = "AWS_ENDPOINT_URL_STS",
            ["value"] = "https://sts.amazonaws.com",
        })));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("Forbidden", (string?)answer.Json["reason"]);
        Assert.StartsWith("admission webhook \"pods.sts-webhook.io\" denied the request: ", answer.Message, StringComparison.Ordinal);
        Assert.Contains("spec.containers[0].env[AWS_ENDPOINT_URL_STS].value", answer.Message, StringComparison.Ordinal);
        Assert.Contains("https://sts.us-east-2.amazonaws.com", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_AnotherWebhookChangesThePodAfterwards_GivesNoDuplicates()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        // Its name sorts later, so its variable makes the API server call the first webhook again.
        var twice = new JsonObject { ["test.sts-webhook.io/twice"] = "true" };
        await using var other = await cluster.StartWebhookAsync(("STS_WEBHOOK__INJECTION__EXTRAENV__ADDED_LATER", "{region}"));
        await cluster.RegisterAsync(other, "zz.sts-webhook.io", twice);
        var path = await cluster.NamespaceAsync(twice);
        await Eventually.HoldsAsync("the API server calls the second webhook", async () =>
            TestPod.Env((await cluster.Api.PostAsync($"{path}/pods?dryRun=All", TestPod.Bare("probe"))).ThrowIfRefused().Json).Count == 4);

        var pod = await CreateAsync(path, TestPod.Bare("app"));

        var names = TestPod.Env(pod).Select(entry => (string)entry["name"]!).Order(StringComparer.Ordinal);
        Assert.Equal("ADDED_LATER AWS_DEFAULT_REGION AWS_REGION AWS_STS_REGIONAL_ENDPOINTS", string.Join(' ', names));
        (await cluster.Api.DeleteAsync("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/zz.sts-webhook.io")).ThrowIfRefused();
    }

    private async Task<JsonNode> CreateAsync(string path, JsonObject pod) =>
        (await cluster.Api.PostAsync($"{path}/pods", pod)).ThrowIfRefused().Json;
}
