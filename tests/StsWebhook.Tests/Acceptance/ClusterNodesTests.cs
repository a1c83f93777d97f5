using System.Net;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The nodes of a cluster that runs: how the native binary learns of them, and what it makes of them.</summary>
[Trait("Speed", "RealTime")]
public sealed class ClusterNodesTests
{
    private const int NodesKnown = 3;

    [Fact]
    public async Task Start_ManyNodes_AreListedInPagesBeforeItIsReady()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed(Enumerable.Range(0, 1200).Select(i => StubCluster.Node($"node-{i}", i % 3 == 0 ? "eu-west-1" : "us-east-2")));
        var lastPage = new TaskCompletionSource();
        server.Fault = request => request.IsNodeList && request.Query.GetValueOrDefault("continue") == "1000"
            ? StubFault.HoldUntil(lastPage.Task)
            : null;
        await using var webhook = await ClusterWebhook.StartAsync(server);

        await Eventually.HoldsAsync("the last page asked for", () => server.Count(r => r.IsNodeList) == 3);
        var readiness = await webhook.ReadinessAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, readiness.Status);
        Assert.Contains("nodes", readiness.Text, StringComparison.Ordinal);

        lastPage.SetResult();
        await webhook.ReadyAsync();
        await webhook.NodesAsync(("eu-west-1", 400), ("us-east-2", 800));
        Assert.All(server.Requests.Where(r => r.IsNodeList), r => Assert.Equal("500", r.Query["limit"]));
        Assert.Single(await webhook.LoggedAsync(NodesKnown));
    }

    [Fact]
    public async Task Start_NoNodes_IsReady()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Fault = request => request.IsNodeList
            ? StubFault.Answer("""{"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"1000"},"items":null}""")
            : null;
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        await webhook.NodesAsync();
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS", Assert.Single((await webhook.MutateAsync(ClusterReview.Pod())).Variables().Keys));
    }

    [Fact]
    public async Task Start_ServerBehindAPath_RequestsHaveThePath()
    {
        await using var server = await StubApiServer.StartAsync("/k8s/clusters/c-1");
        server.Cluster.Put(StubCluster.Node("node-a", "us-east-2"));
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        await webhook.NodesAsync(("us-east-2", 1));
    }

    /// <summary>As behind a tunnel or a bastion: the address is not what the certificate names.</summary>
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("elsewhere.example", HttpStatusCode.ServiceUnavailable)]
    public async Task Start_KubeconfigHasTlsServerName_CertificateIsVerifiedForIt(string name, HttpStatusCode readiness)
    {
        await using var server = await StubApiServer.StartAsync();
        var kubeconfig = await File.ReadAllTextAsync(server.Kubeconfig, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            server.Kubeconfig,
            kubeconfig.Replace("    server: ", $"    tls-server-name: {name}\n    server: ", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await using var webhook = await ClusterWebhook.StartAsync(server);

        await Eventually.HoldsAsync("a list, or two failed tries", async () =>
            server.Cluster.Watches == 1 || await webhook.RestartsAsync() >= 2);

        Assert.Equal(readiness, (await webhook.ReadinessAsync()).Status);
    }

    [Fact]
    public async Task Watch_NodeAddedChangedRemoved_EachIsSeen()
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);
        var pod = ClusterReview.PodFor("node-c");
        await webhook.RegionAsync(pod, "binding", "eu-west-1");

        server.Cluster.Put(StubCluster.Node("node-c", "us-east-2"));
        await webhook.RegionAsync(pod, "node", "us-east-2");
        await webhook.NodesAsync(("eu-west-1", 1), ("us-east-2", 2));

        server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        await webhook.RegionAsync(pod, "node", "eu-west-1");
        await webhook.NodesAsync(("eu-west-1", 2), ("us-east-2", 1));

        server.Cluster.Remove("node-c");
        await webhook.RegionAsync(pod, "binding", "eu-west-1");
        await webhook.NodesAsync(("eu-west-1", 1), ("us-east-2", 1));
        Assert.Equal(1, server.Count(r => r.IsNodeList));
        Assert.Equal(0, await webhook.RestartsAsync());
    }

    [Fact]
    public async Task Watch_SecondRegionAddedAndRemoved_PodsAreDeferredInBetween()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed([StubCluster.Node("node-a", "us-east-2"), StubCluster.Node("node-b", "us-east-2")]);
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);
        await webhook.RegionAsync(ClusterReview.Pod(), "cluster", "us-east-2");

        server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        await webhook.RegionAsync(ClusterReview.Pod(), "binding", "us-east-2");
        var source = JsonNode.Parse((await webhook.MutateAsync(ClusterReview.Pod())).Variables()["AWS_REGION"]);
        Assert.Equal("metadata.annotations['sts-webhook.io/node-region']", (string?)source!["fieldRef"]!["fieldPath"]);

        server.Cluster.Remove("node-c");
        await webhook.RegionAsync(ClusterReview.Pod(), "cluster", "us-east-2");
        await webhook.NodesAsync(("us-east-2", 2));
        Assert.Equal(3, (await webhook.LoggedAsync(NodesKnown)).Length);
    }

    [Fact]
    public async Task Watch_NodeWithoutARegion_IsCountedAsNone()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed([StubCluster.Node("node-a", "us-east-2"), StubCluster.Node("bare", region: null), StubCluster.Node("vsphere", "my-datacenter")]);
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        await webhook.NodesAsync(("us-east-2", 1), ("none", 2));
        await webhook.RegionAsync(ClusterReview.Pod(), "cluster", "us-east-2");
    }

    [Fact]
    public async Task Watch_EndsNormally_ResumesFromTheLastVersion()
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);
        server.Cluster.Bookmark();
        var bookmark = server.Cluster.Version;
        server.Cluster.Compact();
        server.Cluster.Send(new WatchStep.End());

        await Eventually.HoldsAsync("the second watch", () => server.Count(r => r.IsNodeWatch) == 2);
        server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        await webhook.NodesAsync(("eu-west-1", 2), ("us-east-2", 1));
        Assert.Equal(bookmark, server.Requests.Last(r => r.IsNodeWatch).Query["resourceVersion"]);
        Assert.All(server.Requests.Where(r => r.IsNodeWatch), r => Assert.Equal("true", r.Query["allowWatchBookmarks"]));
        Assert.Equal(1, server.Count(r => r.IsNodeList));
        Assert.Equal(0, await webhook.RestartsAsync());
        Assert.Empty(await webhook.LoggedAsync(31));
    }

    [Fact]
    public async Task Watch_EndsAtOnceEveryTime_BacksOff()
    {
        await using var server = await TwoRegionsAsync();
        server.Fault = request => request.IsNodeWatch ? StubFault.Answer(string.Empty) : null;
        await using var webhook = await ClusterWebhook.StartAsync(server);
        await Eventually.HoldsAsync("a first watch", () => server.Count(r => r.IsNodeWatch) > 0);

        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.InRange(server.Count(r => r.IsNodeWatch), 1, 15);
        Assert.Equal(1, server.Count(r => r.IsNodeList));
        await webhook.ReadyAsync();
    }

    [Theory]
    [InlineData("status")]
    [InlineData("event")]
    public async Task Watch_VersionTooOld_ListsAgain(string by)
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);
        server.Cluster.PutUnseen(StubCluster.Node("node-c", "eu-west-1"));
        server.Cluster.Compact();
        if (by == "event")
        {
            server.Cluster.Send(new WatchStep.Line(StubCluster.Event("ERROR", StubApiServer.Status(410))));
        }

        server.Cluster.Send(new WatchStep.End());

        await webhook.NodesAsync(("eu-west-1", 2), ("us-east-2", 1));
        Assert.Equal(2, server.Count(r => r.IsNewNodeList));
        Assert.Empty(await webhook.LoggedAsync(31));
    }

    [Fact]
    public async Task List_ContinueTokenTooOld_RestartsTheList()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Seed(Enumerable.Range(0, 600).Select(i => StubCluster.Node($"node-{i}", "us-east-2")));
        var isFirst = 1;
        server.Fault = request => request.Query.ContainsKey("continue") && Interlocked.Exchange(ref isFirst, 0) == 1
            ? StubFault.Status(410)
            : null;
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        await webhook.NodesAsync(("us-east-2", 600));
        Assert.Equal(2, server.Count(r => r.IsNewNodeList));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("half a line")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("no JSON")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":5}}}")]
    [InlineData("{\"type\":\"MODIFIED\",\"object\":null}")]
    public async Task Watch_Breaks_ResumesFromTheLastEvent(string how)
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);
        server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        await webhook.NodesAsync(("eu-west-1", 2), ("us-east-2", 1));
        var last = server.Cluster.Version;

        const string Half = """{"type":"MODIFIED","object":{"metadata":{"na""";
        server.Cluster.Send(how switch
        {
            "cut" => new WatchStep.CutWithin(Half),
            "half a line" => new WatchStep.EndWithin(Half),
            _ => new WatchStep.Line(how),
        });

        await Eventually.HoldsAsync("the second watch", () => server.Count(r => r.IsNodeWatch) == 2);
        server.Cluster.Put(StubCluster.Node("node-d", "eu-west-1"));
        await webhook.NodesAsync(("eu-west-1", 3), ("us-east-2", 1));
        Assert.Equal(last, server.Requests.Last(r => r.IsNodeWatch).Query["resourceVersion"]);
        Assert.Equal(1, server.Count(r => r.IsNodeList));
        Assert.Equal(1, await webhook.RestartsAsync());
        Assert.Single(await webhook.LoggedAsync(31));
    }

    [Fact]
    public async Task Server_Unreachable_LastKnownNodesAreUsed()
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        await server.StopAsync();
        await Eventually.HoldsAsync("two failed tries", async () => await webhook.RestartsAsync() >= 2);
        await webhook.RegionAsync(ClusterReview.PodFor("node-b"), "node", "us-east-2");
        await webhook.NodesAsync(("eu-west-1", 1), ("us-east-2", 1));
        Assert.Equal(HttpStatusCode.OK, (await webhook.ReadinessAsync()).Status);

        server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        await server.StartAgainAsync();
        await webhook.NodesAsync(("eu-west-1", 2), ("us-east-2", 1));
        Assert.Single(await webhook.LoggedAsync(31));
        Assert.Equal(1, server.Count(r => r.IsNodeList));
    }

    [Fact]
    public async Task Server_RestartsRepeatedly_PodsAlwaysGetTheirRegion()
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);
        using var end = new CancellationTokenSource();
        var answers = 0;
        var pods = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var answer = await webhook.MutateAsync(ClusterReview.PodFor("node-b"));
                Assert.Equal("us-east-2", answer.Audit("region"));
                answers++;
            }
        }, TestContext.Current.CancellationToken);
        var requests = server.Requests.Count;

        for (var i = 0; i < 6; i++)
        {
            await server.StopAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            await server.StartAgainAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }

        server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        await webhook.NodesAsync(("eu-west-1", 2), ("us-east-2", 1));
        await end.CancelAsync();
        await pods;
        Assert.True(answers > 0);
        Assert.InRange(server.Requests.Count - requests, 1, 40);
        Assert.Equal(1, server.Count(r => r.IsNodeList));
    }

    [Fact]
    public async Task Start_ServerUnreachable_IsReadyOnceItAnswers()
    {
        await using var server = await TwoRegionsAsync();
        await server.StopAsync();
        await using var webhook = await ClusterWebhook.StartAsync(server);
        await Eventually.HoldsAsync("two failed tries", async () => await webhook.RestartsAsync() >= 2);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await webhook.ReadinessAsync()).Status);

        await server.StartAgainAsync();

        await webhook.ReadyAsync();
        Assert.Single(await webhook.LoggedAsync(31));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task List_Fails_IsRetried(int status)
    {
        await using var server = await TwoRegionsAsync();
        var refusals = 2;
        server.Fault = request => request.IsNodeList && Interlocked.Decrement(ref refusals) >= 0 ? StubFault.Status(status) : null;
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        await webhook.NodesAsync(("eu-west-1", 1), ("us-east-2", 1));
        Assert.Equal(2, await webhook.RestartsAsync());
        Assert.Single(await webhook.LoggedAsync(31));
    }

    [Fact]
    public async Task Watch_TooManyRequests_ResumesWithoutAList()
    {
        await using var server = await TwoRegionsAsync();
        var refusals = 1;
        server.Fault = request => request.IsNodeWatch && Interlocked.Decrement(ref refusals) >= 0 ? StubFault.Status(429) : null;
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        Assert.Equal(1, server.Count(r => r.IsNodeList));
        Assert.Equal(1, await webhook.RestartsAsync());
    }

    [Fact]
    public async Task Watch_ServerRejectsTheVersion_ListsAgain()
    {
        await using var server = await TwoRegionsAsync();
        var refusals = 1;
        server.Fault = request => request.IsNodeWatch && Interlocked.Decrement(ref refusals) >= 0 ? StubFault.Status(504) : null;
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server);

        Assert.Equal(2, server.Count(r => r.IsNewNodeList));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task List_Forbidden_IsLoggedOnce(int status)
    {
        await using var server = await TwoRegionsAsync();
        var asked = 0;
        // What comes first must not hide it: a server that starts refuses connections, then rights.
        server.Fault = request => request.IsNodeList ? StubFault.Status(Interlocked.Increment(ref asked) == 1 ? 500 : status) : null;
        await using var webhook = await ClusterWebhook.StartAsync(server);

        await Eventually.HoldsAsync("four tries", () => server.Count(r => r.IsNodeList) >= 4);

        var line = Assert.Single(await webhook.LoggedAsync(30));
        Assert.Contains($"nodes: the API server answered {status}", line, StringComparison.Ordinal);
        Assert.Contains("list and watch nodes", line, StringComparison.Ordinal);
        Assert.Single(await webhook.LoggedAsync(31));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await webhook.ReadinessAsync()).Status);

        server.Fault = _ => null;
        await webhook.ReadyAsync();
    }

    [Fact]
    public async Task Requests_HaveTheToken_AndTheLogDoesNot()
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, ("STS_WEBHOOK__LOG_LEVEL", "trace"));
        await webhook.BindAsync(ClusterReview.Binding("nowhere"));
        await server.StopAsync();
        await Eventually.HoldsAsync("a failed try", async () => await webhook.RestartsAsync() >= 2);

        await webhook.SettleLogAsync();
        Assert.All(server.Requests, r => Assert.Equal("Bearer " + StubApiServer.Token, r.Headers["Authorization"]));
        Assert.DoesNotContain(StubApiServer.Token, webhook.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Heartbeats_ChangeNothing()
    {
        await using var server = await TwoRegionsAsync();
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, ("STS_WEBHOOK__LOG_LEVEL", "debug"));
        await webhook.SettleLogAsync();
        var lines = webhook.Process.Output.Count;
        var page = NodesOf(await webhook.Client.MetricsAsync());

        for (var i = 0; i < 50; i++)
        {
            server.Cluster.Heartbeat("node-a");
        }

        // What the server says last is known to have come; so is, then, all that it said before.
        var last = server.Cluster.Version;
        server.Cluster.Send(new WatchStep.End());
        await Eventually.HoldsAsync("the watch from behind the heartbeats", () =>
            server.Requests.Last(r => r.IsNodeWatch).Query["resourceVersion"] == last);

        Assert.Equal(page, NodesOf(await webhook.Client.MetricsAsync()));
        await webhook.SettleLogAsync();
        Assert.Equal(lines + 1, webhook.Process.Output.Count);
    }

    private static string[] NodesOf(MetricsPage page) => [.. page.Text.Split('\n').Where(line =>
        line.StartsWith("sts_webhook_nodes{", StringComparison.Ordinal)
        || line.StartsWith("sts_webhook_watch", StringComparison.Ordinal))];

    private static async Task<StubApiServer> TwoRegionsAsync()
    {
        var server = await StubApiServer.StartAsync();
        server.Cluster.Seed([StubCluster.Node("node-a", "eu-west-1"), StubCluster.Node("node-b", "us-east-2")]);
        return server;
    }
}
