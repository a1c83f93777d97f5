using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>The audit on objects of a real API server, with all the fields that it adds.</summary>
public sealed class ControlPlaneAuditTests : IClassFixture<Cluster>
{
    private const string Outside = "not-opted-in";

    private readonly Cluster cluster;

    public ControlPlaneAuditTests(Cluster cluster)
    {
        Assert.SkipUnless(Assets.AreThere, Assets.Missing);
        this.cluster = cluster;
    }

    [Fact]
    public async Task Audit_NamespaceWithAndWithoutLabel_CountsInjectedAndDeniedPods()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        var inside = await cluster.NamespaceAsync();
        await PostAsync($"{inside}/pods", TestPod.Bare("app"));
        await PostAsync("/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = Outside } });
        await PostAsync($"/api/v1/namespaces/{Outside}/pods", TestPod.Bare("app"));
        await PostAsync($"/api/v1/namespaces/{Outside}/pods", TestPod.Bare("legacy", Legacy()));
        await PostAsync($"/apis/apps/v1/namespaces/{Outside}/deployments", Deployment());

        var name = inside[(inside.LastIndexOf('/') + 1)..];
        var (exitCode, output, error) = await NativeProcess.RunAsync(
            ["audit", "--kubeconfig", cluster.Kubeconfig, "--namespace", name, "--namespace", Outside, "--output", "json"]);

        Assert.Empty(error);
        Assert.Equal(1, exitCode);
        var namespaces = JsonNode.Parse(string.Join('\n', output))!["namespaces"]!.AsArray();
        var (found, other) = (namespaces.Single(n => (string?)n!["name"] == name)!, namespaces.Single(n => (string?)n!["name"] == Outside)!);
        Assert.Equal((true, 1, 1), ((bool)found["optedIn"]!, (int)found["pods"]!["total"]!, (int)found["pods"]!["injected"]!));
        Assert.Equal((false, 2, 1, 1), (
            (bool)other["optedIn"]!, (int)other["pods"]!["total"]!, (int)other["pods"]!["missing"]!, (int)other["pods"]!["denied"]!));
        Assert.Equal(1, (int)other["workloads"]!["denied"]!);
    }

    private static JsonArray Legacy() => [new JsonObject { ["name"] = "AWS_STS_REGIONAL_ENDPOINTS", ["value"] = "legacy" }];

    private static JsonObject Deployment()
    {
        var template = TestPod.Bare(name: string.Empty, Legacy());
        template["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = "ledger" } };
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "ledger" },
            ["spec"] = new JsonObject
            {
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "ledger" } },
                ["template"] = template,
            },
        };
    }

    private async Task PostAsync(string path, JsonObject json) => (await cluster.Api.PostAsync(path, json)).ThrowIfRefused();
}
