using System.Globalization;
using System.Text.Json;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class PagedListClientTests : IAsyncLifetime
{
    private const int Count = 1_234;

    private static readonly string[] AllNames = [.. Enumerable.Range(0, Count).Select(Name)];

    private StubApiServer? stub;

    private StubApiServer Server => stub!;

    public async ValueTask InitializeAsync()
    {
        stub = await StubApiServer.StartAsync();
        stub.Lists.Fill("pods", Count, i => ("default", Name(i), () => $$$"""{"metadata":{"name":"{{{Name(i)}}}"}}"""));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Read_ThreePages_ReturnsEveryObjectOnce()
    {
        var (names, _) = await ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(AllNames, names);
        Assert.Equal(["", "500", "1000"], Server.Requests.Select(r => r.Query.GetValueOrDefault("continue", "")).ToArray());
        Assert.All(Server.Requests, request => Assert.Equal("500", request.Query["limit"]));
    }

    [Fact]
    public async Task Read_ContinueTokenGone_RestartsTheList()
    {
        Server.Fault = request => Times(1, request, "500") ? StubFault.Status(410) : null;

        var (names, restarts) = await ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(AllNames, names);
        Assert.Equal(1, restarts);
    }

    [Fact]
    public async Task Read_ContinueTokenAlwaysGone_Throws()
    {
        Server.Fault = request => request.Query.ContainsKey("continue") ? StubFault.Status(410) : null;

        var fault = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(System.Net.HttpStatusCode.Gone, fault.Status);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(null)]
    public async Task Read_PageFails_IsRequestedAgain(int? status)
    {
        Server.Fault = request => Times(2, request, "500") ? status is { } code ? StubFault.Status(code) : StubFault.Cut : null;

        var (names, restarts) = await ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(AllNames, names);
        Assert.Equal(0, restarts);
        Assert.Equal(3, Server.Count(request => request.Query.GetValueOrDefault("continue") == "500"));
    }

    [Fact]
    public async Task Read_PageBreaksOff_ReturnsItsObjectsOnce()
    {
        Server.Fault = request => Times(1, request, "500") ? StubFault.Answer("""{"items":[{"metadata":{"name":"half"}},{"meta""") : null;

        Assert.Equal(AllNames, (await ReadAsync(TestContext.Current.CancellationToken)).Names);
    }

    [Theory]
    [InlineData(403, 1)]
    [InlineData(404, 1)]
    [InlineData(500, 5)]
    public async Task Read_ErrorStatus_IsRetriedOnlyIfTransient(int status, int tries)
    {
        Server.Fault = _ => StubFault.Status(status);

        var fault = await Assert.ThrowsAsync<ApiException>(() => ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(status, (int)fault.Status);
        Assert.Equal(tries, Server.Requests.Count);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        Server.Fault = _ =>
        {
            cancelled.Cancel();
            return StubFault.HoldUntil(Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(cancelled.Token));
    }

    private static string Name(int i) => "pod-" + i.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a request is one of the first so many for a page.</summary>
    private bool Times(int times, StubRequest request, string place) =>
        request.Query.GetValueOrDefault("continue") == place
        && Server.Count(r => r.Query.GetValueOrDefault("continue") == place) <= times;

    private async Task<(string[] Names, int Restarts)> ReadAsync(CancellationToken cancellation)
    {
        using var api = KubernetesApiClient.ConnectAsUser(new StartupSettings { Kubeconfig = Server.Kubeconfig }, context: null, TimeProvider.System);
        var lists = new PagedListClient(api, new Retries(TimeProvider.System));
        var names = new List<string>();
        var beginnings = 0;
        await foreach (var page in lists.ReadAsync("api/v1/pods", NameOf, cancellation))
        {
            if (page.IsFirst)
            {
                beginnings++;
                names.Clear();
            }

            names.AddRange(page.Items);
            Assert.Equal(Count - names.Count, page.Remaining);
            Assert.Equal(names.Count == Count, page.IsLast);
        }

        return ([.. names], beginnings - 1);
    }

    private static string? NameOf(JsonElement json) => json.GetProperty("metadata").GetProperty("name").GetString();
}
