using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Cluster;
using StsWebhook.Core.Pods;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Cluster;

/// <summary>The cache by a clock that the test moves: nothing here waits for time to pass.</summary>
public sealed class ConfigMapCacheTests : IAsyncLifetime
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly ConfigMapReference App = new("payments", "app");

    private readonly FakeTimeProvider time = new();
    private StubApiServer? server;
    private KubernetesApiClient? api;
    private ConfigMapCache? cache;

    public async ValueTask InitializeAsync()
    {
        server = await StubApiServer.StartAsync();
        api = KubernetesApiClient.Connect(new StartupSettings { Cluster = ClusterMode.Kubeconfig, Kubeconfig = server.Kubeconfig }, TimeProvider.System);
        cache = new ConfigMapCache(api!, time, NullLogger<ConfigMapCache>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Read_ExistingConfigMap_ReturnsItsData()
    {
        Put("app", "eu-west-3");

        Assert.Equal("eu-west-3", (await ReadAsync(App)).Lookup(App).Data!.Values["AWS_REGION"]);
    }

    [Fact]
    public async Task Read_MissingConfigMap_IsKnownToBeAbsent() => Assert.True((await ReadAsync(App)).Lookup(App).IsAbsent);

    [Fact]
    public async Task Read_WithoutData_IsEmpty()
    {
        server!.Fault = _ => StubFault.Answer("""{"kind":"ConfigMap","binaryData":{"AWS_REGION":"ZXU="}}""");

        Assert.Empty((await ReadAsync(App)).Lookup(App).Data!.Values);
    }

    [Fact]
    public async Task Read_LongValue_IsOmitted()
    {
        server!.Cluster.PutConfigMap("payments", "app", new JsonObject { ["file"] = new string('x', 20_000), ["AWS_REGION"] = "eu-west-3" });

        Assert.Equal("AWS_REGION", Assert.Single((await ReadAsync(App)).Lookup(App).Data!.Values).Key);
    }

    [Fact]
    public async Task Read_Several_ReturnsAll()
    {
        Put("app", "eu-west-3");
        Put("other", "eu-west-2");
        var other = new ConfigMapReference("payments", "other");
        var foreign = new ConfigMapReference("elsewhere", "app");

        var found = await ReadAsync(App, other, foreign);

        Assert.Equal("eu-west-3", found.Lookup(App).Data!.Values["AWS_REGION"]);
        Assert.Equal("eu-west-2", found.Lookup(other).Data!.Values["AWS_REGION"]);
        Assert.True(found.Lookup(foreign).IsAbsent);
    }

    [Fact]
    public async Task Read_WithinSeconds_UsesTheCache_ThenRequestsAgain()
    {
        Put("app", "eu-west-3");
        await ReadAsync(App);
        Put("app", "eu-west-2");

        time.Advance(Life - Moment);
        Assert.Equal("eu-west-3", (await ReadAsync(App)).Lookup(App).Data!.Values["AWS_REGION"]);
        Assert.Equal(1, Asked);

        time.Advance(Moment);
        Assert.Equal("eu-west-2", (await ReadAsync(App)).Lookup(App).Data!.Values["AWS_REGION"]);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Read_Immutable_IsCachedForMinutes()
    {
        Put("app", "eu-west-3", isImmutable: true);
        await ReadAsync(App);

        time.Advance(TimeSpan.FromMinutes(9));
        await ReadAsync(App);
        Assert.Equal(1, Asked);

        time.Advance(TimeSpan.FromMinutes(2));
        await ReadAsync(App);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Read_SlowAnswer_IsUnknownAfterTheTimeoutAndUsedLater()
    {
        var answer = new TaskCompletionSource();
        var reading = await StartHeldReadAsync(answer.Task);
        Assert.False(reading.IsCompleted);

        time.Advance(Budget);
        Assert.Equal(0, (await reading).Count);

        // It comes just before the request is given up, and serves as long as any other.
        time.Advance(Life - Budget - Moment);
        answer.SetResult();
        Assert.Equal(1, (await ReadAsync(App)).Count);
        time.Advance(Life - Moment);
        Assert.Equal(1, (await ReadAsync(App)).Count);
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task Read_NoAnswer_IsRequestedAgain()
    {
        var reading = await StartHeldReadAsync(until: new TaskCompletionSource().Task);
        time.Advance(Budget);
        await reading;
        server!.Fault = _ => null;

        // The request is given up first, and what it came to serves its time.
        await Eventually.HoldsAsync("the data", async () =>
        {
            time.Advance(Life);
            return (await ReadAsync(App)).Count == 1;
        });
    }

    [Fact]
    public async Task Read_ManyAtOnce_SendOneRequest()
    {
        Put("app", "eu-west-3");
        var answer = new TaskCompletionSource();
        server!.Fault = _ => StubFault.HoldUntil(answer.Task);
        var readings = Enumerable.Range(0, 100).Select(_ => Task.Run(() => ReadAsync(App))).ToArray();
        await Eventually.HoldsAsync("the question", () => Asked == 1);
        answer.SetResult();

        Assert.All(await Task.WhenAll(readings), found => Assert.Equal("eu-west-3", found.Lookup(App).Data!.Values["AWS_REGION"]));
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task Read_ReviewCancelled_NextUsesItsRequest()
    {
        Put("app", "eu-west-3");
        var answer = new TaskCompletionSource();
        server!.Fault = _ => StubFault.HoldUntil(answer.Task);
        using var gone = new CancellationTokenSource();
        var reading = cache!.ReadAsync([App], gone.Token);
        await Eventually.HoldsAsync("the question", () => Asked == 1);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        answer.SetResult();
        Assert.Equal(1, (await ReadAsync(App)).Count);
        Assert.Equal(1, Asked);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Read_Rejected_IsUnknownForSeconds(int status)
    {
        Put("app", "eu-west-3");
        server!.Fault = _ => StubFault.Status(status);
        Assert.Equal(0, (await ReadAsync(App)).Count);
        server.Fault = _ => null;

        Assert.Equal(0, (await ReadAsync(App)).Count);
        Assert.Equal(1, Asked);

        time.Advance(Life);
        Assert.Equal(1, (await ReadAsync(App)).Count);
    }

    [Fact]
    public async Task Read_OneKnownAndOneSlow_ReturnsTheKnown()
    {
        Put("app", "eu-west-3");
        var slow = new ConfigMapReference("payments", "slow");
        var never = new TaskCompletionSource();
        server!.Fault = request => request.Path.EndsWith("slow", StringComparison.Ordinal) ? StubFault.HoldUntil(never.Task) : null;
        await ReadAsync(App);

        var reading = ReadAsync(App, slow);
        await Eventually.HoldsAsync("the question", () => Asked == 2);
        time.Advance(Budget);

        var found = await reading;
        Assert.NotNull(found.Lookup(App).Data);
        Assert.True(found.Lookup(slow).IsUnknown);
    }

    [Fact]
    public async Task Read_MoreThanTheCacheHolds_StillAnswers()
    {
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(1, (await ReadAsync(new ConfigMapReference("payments", $"app-{i}"))).Count);
        }

        Assert.Equal(300, Asked);
    }

    /// <summary>The limit is on what is in the cache: 1.5 million characters here, however often they are read again.</summary>
    [Fact]
    public async Task Read_LargeOneRefreshedManyTimes_KeepsTheOthers()
    {
        var large = new JsonObject();
        for (var i = 0; i < 100; i++)
        {
            large[$"key-{i}"] = new string('x', 15_000);
        }

        server!.Cluster.PutConfigMap("payments", "large", large);
        Put("app", "eu-west-3", isImmutable: true);
        await ReadAsync(App);

        for (var i = 0; i < 4; i++)
        {
            await Eventually.HoldsAsync("the data", async () => (await ReadAsync(new ConfigMapReference("payments", "large"))).Count == 1);
            time.Advance(Life);
        }

        var asked = Asked;
        await ReadAsync(App);
        Assert.Equal(asked, Asked);
    }

    [Fact]
    public async Task Read_NameIsAPath_RequestsOnlyConfigMaps()
    {
        await ReadAsync(new ConfigMapReference("payments", "../secrets/x?y=#"));

        Assert.StartsWith("/api/v1/namespaces/payments/configmaps/", Assert.Single(server!.Requests).Path, StringComparison.Ordinal);
    }

    private int Asked => server!.Requests.Count;

    private Task<ConfigMapSet> ReadAsync(params ConfigMapReference[] references) =>
        cache!.ReadAsync(references, TestContext.Current.CancellationToken);

    /// <summary>Starts a read whose request has arrived at the server, which does not answer until the task ends.</summary>
    private async Task<Task<ConfigMapSet>> StartHeldReadAsync(Task until)
    {
        Put("app", "eu-west-3");
        server!.Fault = _ => StubFault.HoldUntil(until);
        var reading = ReadAsync(App);
        await Eventually.HoldsAsync("the request", () => Asked == 1);
        return reading;
    }

    private void Put(string name, string region, bool isImmutable = false) =>
        server!.Cluster.PutConfigMap("payments", name, new JsonObject { ["AWS_REGION"] = region }, isImmutable);
}
