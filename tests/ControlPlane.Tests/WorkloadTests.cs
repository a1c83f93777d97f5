using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>Pods of workloads, created by the real controllers and scheduled by the real scheduler.</summary>
public sealed class WorkloadTests : IClassFixture<Cluster>
{
    private static readonly string[] Regions = ["us-east-2", "eu-west-1"];

    private readonly Cluster cluster;

    public WorkloadTests(Cluster cluster)
    {
        Assert.SkipUnless(
            Assets.Have("kube-controller-manager", "kube-scheduler"),
            "KUBEBUILDER_ASSETS must be a folder with kube-controller-manager and kube-scheduler");
        this.cluster = cluster;
    }

    [Fact]
    public async Task Deployment_InAClusterOfTwoRegions_ItsPodsGetTheRegionOfTheirNode()
    {
        await using var controllers = await StartControllersAsync();
        var path = await cluster.NamespaceAsync();

        var pods = await CreateAsync(path, "deployments", "Deployment", new JsonObject { ["replicas"] = 4 }, pods: 4);

        Assert.All(pods, pod =>
        {
            Assert.Equal("metadata.annotations['sts-webhook.io/node-region']", TestPod.Field(pod, "AWS_REGION"));
            Assert.Equal(RegionOfNode(pod), TestPod.NodeRegion(pod));
        });
    }

    [Fact]
    public async Task DaemonSet_InAClusterOfTwoRegions_ItsPodsGetTheRegionAtTheirCreation()
    {
        await using var controllers = await StartControllersAsync();
        var path = await cluster.NamespaceAsync();

        var pods = await CreateAsync(path, "daemonsets", "DaemonSet", [], pods: Regions.Length);

        Assert.All(pods, pod => Assert.Equal(RegionOfNode(pod), TestPod.Value(pod, "AWS_REGION")));
    }

    private static string RegionOfNode(JsonNode pod) =>
        Regions.Single(region => Cluster.NodeOf(region) == (string?)pod["spec"]!["nodeName"]);

    /// <summary>Creates a workload and waits until <paramref name="pods"/> of its pods have a node.</summary>
    private async Task<IReadOnlyList<JsonNode>> CreateAsync(string path, string resource, string kind, JsonObject spec, int pods)
    {
        var labels = new JsonObject { ["app"] = kind };
        var template = TestPod.Bare(name: string.Empty);
        template["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() };
        spec["selector"] = new JsonObject { ["matchLabels"] = labels };
        spec["template"] = template;
        (await cluster.Api.PostAsync($"{path.Replace("/api/v1", "/apis/apps/v1", StringComparison.Ordinal)}/{resource}", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "app" },
            ["spec"] = spec,
        })).ThrowIfRefused();

        IReadOnlyList<JsonNode> bound = [];
        await Eventually.HoldsAsync("the workload's pods have nodes", async () =>
        {
            var all = (await cluster.Api.GetAsync($"{path}/pods?labelSelector=app%3D{kind}")).ThrowIfRefused().Json["items"]!.AsArray();
            bound = [.. all.Select(pod => pod!).Where(pod => pod["spec"]!["nodeName"] is not null)];
            return bound.Count == pods;
        });
        return bound;
    }

    private async Task<Controllers> StartControllersAsync()
    {
        await cluster.HaveRegionsAsync(Regions);
        foreach (var region in Regions)
        {
            await MakeReadyAsync(Cluster.NodeOf(region));
        }

        return new Controllers(cluster.Kubeconfig);
    }

    /// <summary>Reports a node as ready and with free capacity, as its kubelet would. No controller runs that would change this.</summary>
    private async Task MakeReadyAsync(string node)
    {
        (await cluster.Api.PatchAsync($"/api/v1/nodes/{node}/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["capacity"] = Room(),
                ["allocatable"] = Room(),
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
            },
        })).ThrowIfRefused();
        (await cluster.Api.PatchAsync($"/api/v1/nodes/{node}", new JsonObject
        {
            ["spec"] = new JsonObject { ["taints"] = null },
        })).ThrowIfRefused();

        static JsonObject Room() => new() { ["cpu"] = "8", ["memory"] = "32Gi", ["pods"] = "110" };
    }

    /// <summary>The scheduler, and the controllers that create pods.</summary>
    private sealed class Controllers(string kubeconfig) : IAsyncDisposable
    {
        private readonly ServerProcess manager = new(
            "kube-controller-manager", "--kubeconfig", kubeconfig, "--leader-elect=false", "--secure-port=0",
            "--controllers=deployment-controller,replicaset-controller,daemonset-controller");

        private readonly ServerProcess scheduler = new(
            "kube-scheduler", "--kubeconfig", kubeconfig, "--leader-elect=false", "--secure-port=0");

        public async ValueTask DisposeAsync()
        {
            await manager.DisposeAsync();
            await scheduler.DisposeAsync();
        }
    }
}
