using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Bindings in a running cluster: the pod is bound even if something in the cluster fails.</summary>
public sealed class ClusterBindTests : RunningCluster
{
    private protected override void Seed(StubCluster cluster) =>
        cluster.Seed([StubCluster.Node("node-a", "us-east-2"), StubCluster.Node("node-b", "eu-west-1")]);

    [Fact]
    public async Task Bind_BindingHasTheRegion_SendsNoRequest()
    {
        var review = ClusterReview.Binding("unknown").With(
            "/request/object/metadata/labels", new JsonObject { ["topology.kubernetes.io/region"] = "ap-south-1" });

        Assert.Equal("ap-south-1", Region(await Webhook.BindAsync(review)));
        Assert.Equal(0, Lookups());
    }

    [Fact]
    public async Task Bind_NodeIsWatched_SendsNoRequest()
    {
        Assert.Equal("eu-west-1", Region(await Webhook.BindAsync(ClusterReview.Binding("node-b"))));
        Assert.Equal(0, Lookups());
    }

    [Fact]
    public async Task Bind_NodeIsNewerThanTheWatch_IsRequestedOnce()
    {
        Server.Cluster.PutUnseen(StubCluster.Node("node-c", "eu-west-1"));

        Assert.Equal("eu-west-1", Region(await Webhook.BindAsync(ClusterReview.Binding("node-c"))));
        Assert.Equal(1, Lookups());
    }

    [Fact]
    public async Task Bind_LegacyResource_IsAnnotatedAsWell()
    {
        var review = ClusterReview.Binding("node-b").With("/request/resource/resource", "bindings");
        review["request"]!.AsObject().Remove("subResource");

        Assert.Equal("eu-west-1", Region(await Webhook.BindAsync(review)));
    }

    [Fact]
    public async Task Bind_NodeDoesNotExist_PodIsBoundUnchanged()
    {
        AssertUntouched(await Webhook.BindAsync(ClusterReview.Binding("nowhere")));
        Assert.Equal(1, Lookups());
        Assert.Empty(await Webhook.LoggedAsync(32));
    }

    [Fact]
    public async Task Bind_NodeNameIsAPath_RequestsOnlyNodes()
    {
        AssertUntouched(await Webhook.BindAsync(ClusterReview.Binding("../namespaces/kube-system/secrets/x?y=")));

        Assert.DoesNotContain(Server.Requests, r => !r.Path.StartsWith("/api/v1/nodes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("500")]
    [InlineData("cut")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{\"metadata\":{\"name\":\"node-c\",\"labels\":{\"topology.kubernetes.io/region\":5}}}")]
    public async Task Bind_NodeCannotBeRead_PodIsBoundUnchanged(string how)
    {
        Server.Fault = request => !IsLookup(request) ? null : how switch
        {
            "500" => StubFault.Status(500),
            "cut" => StubFault.Cut,
            _ => StubFault.Answer(how),
        };

        AssertUntouched(await Webhook.BindAsync(ClusterReview.Binding("node-c")));
        Assert.Contains("could not read node node-c", Assert.Single(await Webhook.LoggedAsync(32)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_ServerIsSlow_PodIsBoundAfterTheTimeout()
    {
        var never = new TaskCompletionSource();
        Server.Fault = request => IsLookup(request) ? StubFault.HoldUntil(never.Task) : null;

        AssertUntouched(await Webhook.BindAsync(ClusterReview.Binding("node-c")));
        Assert.Contains("no answer in time", Assert.Single(await Webhook.LoggedAsync(32)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_ServerUnreachable_PodIsBoundUnchanged()
    {
        await Server.StopAsync();

        AssertUntouched(await Webhook.BindAsync(ClusterReview.Binding("node-c")));
        Assert.Equal("us-east-2", Region(await Webhook.BindAsync(ClusterReview.Binding("node-a"))));
    }

    [Fact]
    public async Task Bind_Forbidden_IsLoggedOnce()
    {
        Server.Fault = request => IsLookup(request) ? StubFault.Status(403) : null;

        for (var i = 0; i < 3; i++)
        {
            AssertUntouched(await Webhook.BindAsync(ClusterReview.Binding("node-c")));
        }

        Assert.Contains("get nodes", Assert.Single(await Webhook.LoggedAsync(30)), StringComparison.Ordinal);
        Assert.Empty(await Webhook.LoggedAsync(32));
    }

    private static string? Region(Answer answer)
    {
        Assert.True(answer.Allowed);
        return (string?)JsonNode.Parse(answer.Patch!)!.AsArray().Single()!["value"]!["sts-webhook.io/node-region"];
    }

    private static void AssertUntouched(Answer answer)
    {
        Assert.True(answer.Allowed);
        Assert.Null(answer.Patch);
    }

    private static bool IsLookup(StubRequest request) => request.Path.StartsWith("/api/v1/nodes/", StringComparison.Ordinal);

    private int Lookups() => Server.Count(IsLookup);
}
