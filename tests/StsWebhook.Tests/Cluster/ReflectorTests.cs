using Microsoft.Extensions.Time.Testing;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Cluster;

/// <summary>List and watch by the example of the nodes, with a clock that only the test moves.</summary>
public sealed class ReflectorTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new();
    private readonly LineLog log = new();
    private readonly NodeStore store;
    private StubApiServer? stub;
    private KubernetesApiClient? api;
    private NodeWatcher? watcher;

    public ReflectorTests() => store = new NodeStore(new ServerMetrics(byNamespace: false), log.For<NodeStore>());

    private StubApiServer Server => stub!;

    private int Lists => Server.Count(r => r.IsNewNodeList);

    private int Watches => Server.Count(r => r.IsNodeWatch);

    private string LastVersion => Server.Requests.Last(r => r.IsNodeWatch).Query["resourceVersion"];

    public async ValueTask InitializeAsync()
    {
        stub = await StubApiServer.StartAsync();
        Server.Cluster.Seed([StubCluster.Node("node-a", "eu-west-1"), StubCluster.Node("node-b", "us-east-2")]);
        api = KubernetesApiClient.ConnectAsUser(new StartupSettings { Kubeconfig = Server.Kubeconfig }, context: null, TimeProvider.System);
        watcher = new NodeWatcher(api, store, new ServerMetrics(byNamespace: false), time, log.For<NodeWatcher>());
    }

    public async ValueTask DisposeAsync()
    {
        await watcher!.StopAsync(CancellationToken.None);
        watcher.Dispose();
        api!.Dispose();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task Start_ListOfTwoPages_IsReplacedAsAWholeAndWatchedFromItsVersion()
    {
        Server.Cluster.Seed(Enumerable.Range(0, 600).Select(i => StubCluster.Node($"node-{i}", "us-east-2")));

        await StartAsync();

        Assert.Equal(602, store.Table.Nodes.Count);
        Assert.Equal(2, Server.Count(r => r.IsNodeList));
        Assert.Equal(Server.Cluster.Version, LastVersion);
        Assert.Equal("true", Server.Requests.Last().Query["allowWatchBookmarks"]);
    }

    [Fact]
    public async Task Start_ContinueTokenIsGone_ListsFromTheFirstPage()
    {
        Server.Cluster.Seed(Enumerable.Range(0, 600).Select(i => StubCluster.Node($"node-{i}", "us-east-2")));
        var isFirst = 1;
        Server.Fault = r => r.Query.ContainsKey("continue") && Interlocked.Exchange(ref isFirst, 0) == 1 ? StubFault.Status(410) : null;

        await StartAsync();

        Assert.Equal(602, store.Table.Nodes.Count);
        Assert.Equal(2, Lists);
        Assert.Empty(Failures());
    }

    [Fact]
    public async Task Start_ListWithoutAVersion_ChangesNothingAndIsRepeated()
    {
        Server.Fault = r => r.IsNodeList ? StubFault.Answer("""{"metadata":{},"items":[]}""") : null;
        await watcher!.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("a log line", () => Failures().Length == 1);
        Assert.False(store.IsSynced);

        Server.Fault = _ => null;
        await PassAsync("the nodes", () => store.IsSynced);

        Assert.Equal(2, store.Table.Nodes.Count);
    }

    [Fact]
    public async Task Watch_AddedModifiedDeleted_UpdateTheStore()
    {
        await StartAsync();

        Server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        Server.Cluster.Put(StubCluster.Node("node-b", "eu-central-1"));
        Server.Cluster.Remove("node-a");

        await Eventually.HoldsAsync("the three changes", () => !store.Table.TryGet("node-a", out _));
        Assert.True(store.Table.TryGet("node-b", out var changed));
        Assert.Equal("eu-central-1", changed.Region);
        Assert.True(store.Table.TryGet("node-c", out _));
        Assert.Equal((1, 1), (Lists, Watches));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("no JSON")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":"node-x"}}}""")]
    [InlineData("""{"type":"MODIFIED","object":null}""")]
    public async Task Watch_InvalidEvent_IsResumedFromTheLastEventAfterADelay(string line)
    {
        await StartAsync();
        Server.Cluster.Put(StubCluster.Node("node-c", "eu-west-1"));
        var last = Server.Cluster.Version;

        Server.Cluster.Send(new WatchStep.Line(line));
        await Eventually.HoldsAsync("a log line", () => Failures().Length == 1);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        Assert.Equal(1, Watches);
        await PassAsync("the second watch", () => Watches == 2);

        Assert.Equal(last, LastVersion);
        Assert.Equal(1, Lists);
        Assert.False(store.Table.TryGet("node-x", out _));
    }

    [Fact]
    public async Task Watch_Bookmark_IsWhereTheNextWatchStarts()
    {
        await StartAsync();
        Server.Cluster.Bookmark();
        var bookmark = Server.Cluster.Version;
        Server.Cluster.Send(new WatchStep.End());

        await Eventually.HoldsAsync("the second watch", () => Watches == 2);

        Assert.Equal(bookmark, LastVersion);
        Assert.Empty(Failures());
    }

    [Theory]
    [InlineData(410, 2, 0)]
    [InlineData(429, 1, 1)]
    [InlineData(504, 2, 1)]
    public async Task Watch_ErrorEvent_ListsAgainUnlessTheServerIsBusy(int status, int lists, int lines)
    {
        await StartAsync();

        Server.Cluster.Send(new WatchStep.Line(StubCluster.Event("ERROR", StubApiServer.Status(status))));
        await PassAsync("the second watch", () => Watches == 2);

        Assert.Equal(lists, Lists);
        Assert.Equal(lines, Failures().Length);
    }

    [Fact]
    public async Task Watch_EndsAtOnce_WaitsBeforeTheNext()
    {
        Server.Fault = r => r.IsNodeWatch ? StubFault.Answer(string.Empty) : null;
        await watcher!.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("the first watch", () => Watches == 1);

        await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        Assert.Equal(1, Watches);
        await PassAsync("the second watch", () => Watches == 2);

        Assert.Equal(1, Lists);
        Assert.Empty(Failures());
    }

    [Fact]
    public async Task List_ForbiddenAgainAfterARecovery_IsLoggedAgain()
    {
        Server.Fault = r => r.IsNodeList ? StubFault.Status(403) : null;
        await watcher!.StartAsync(TestContext.Current.CancellationToken);
        await PassAsync("three lists", () => Lists >= 3);
        Assert.Single(Forbidden());

        Server.Fault = _ => null;
        await PassAsync("a watch", () => Server.Cluster.Watches == 1);
        Server.Cluster.Bookmark();
        Server.Fault = r => r.IsNodeList ? StubFault.Status(403) : null;
        Server.Cluster.Send(new WatchStep.Line(StubCluster.Event("ERROR", StubApiServer.Status(410))));

        await PassAsync("a second line", () => Forbidden().Length == 2);
        Assert.All(Forbidden(), line => Assert.Contains("list and watch nodes", line, StringComparison.Ordinal));
    }

    private async Task StartAsync()
    {
        await watcher!.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("a watch", () => Server.Cluster.Watches == 1);
    }

    /// <summary>Moves the clock until something holds.</summary>
    private Task PassAsync(string awaited, Func<bool> condition) => Eventually.HoldsAsync(awaited, () =>
    {
        time.Advance(TimeSpan.FromMilliseconds(50));
        return condition();
    });

    private string[] Failures() => [.. log.Lines.Where(line => line.StartsWith("31 ", StringComparison.Ordinal))];

    private string[] Forbidden() => [.. log.Lines.Where(line => line.StartsWith("30 ", StringComparison.Ordinal))];
}
