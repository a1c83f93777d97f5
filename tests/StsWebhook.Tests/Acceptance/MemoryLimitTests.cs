using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>
/// A container that is a quarter as large as the chart makes it, and clients that mean it ill. Where a machine has no
/// control groups to make, the heap has the limit that it would find in one.
/// </summary>
public sealed class MemoryLimitTests
{
    private const long Limit = 64 * 1024 * 1024;
    private const string Hex = "4000000";
    private const int Clients = 64;
    private const int BodiesEach = 12;

    /// <summary>What there is room for in such a container, and what most pods are.</summary>
    private static readonly int[] Lengths = [320_000, 250_000, 100_000, 30_000, 15_000, 15_000];

    private readonly ConcurrentDictionary<HttpStatusCode, int> statuses = new();
    private readonly ConcurrentQueue<string> failures = new();
    private int pods;
    private int overloads;

    [Fact]
    public async Task WorstBodies_At64Connections_AreAllAnsweredAndPodsGoOn()
    {
        using var limit = MemoryLimit.TryCreate(Limit);
        await using var serving = await ServingProcess.StartWithinAsync(
            limit, limit is null ? [("DOTNET_GCHeapHardLimit", Hex)] : []);
        using var end = new CancellationTokenSource();
        var small = Task.Run(() => PostPodsAsync(serving.Client, end.Token), CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => PostWorstAsync(serving.Client, client))));

        await end.CancelAsync();
        await small;
        var figures = $"{string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{(int)s.Key}: {s.Value}"))}; "
            + $"{pods} pods meanwhile; peak {serving.Process.PeakMemory() >> 20} MiB; killed {limit?.Kills}";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.False(serving.Process.HasExited, figures);
        Assert.True(failures.IsEmpty, $"{figures}: {string.Join('\n', failures.Take(10))}");
        Assert.Equal(0, limit?.Kills ?? 0);
        Assert.True(pods > 0);
        Assert.Equal(Clients * BodiesEach, statuses.Values.Sum());
        Assert.Equal(HttpStatusCode.OK, Assert.Single(statuses.Keys));
        Assert.True(Clients * BodiesEach - overloads > Clients * BodiesEach / 3, $"{figures}; {overloads} not judged");
        Assert.Equal(overloads, (await serving.Client.MetricsAsync()).Sum("sts_webhook_admission_overloads_total"));
    }

    /// <summary>Security report, H2: a pod that is too large for the webhook passed everything.</summary>
    [Theory]
    [InlineData("/mutate", false)]
    [InlineData("/validate/deny", false)]
    [InlineData("/validate/warn", true)]
    public async Task BodyWithoutMemory_GetsAReviewAsItsAnswer(string path, bool allowed)
    {
        await using var serving = await ServingProcess.StartWithinAsync(null, ("DOTNET_GCHeapHardLimit", Hex));
        var review = Recordings.Json(Recordings.Global).With(
            "/request/object/spec/containers/0/lifecycle",
            JsonNode.Parse("""{"preStop":{"exec":{"command":["true","text"]}}}""".Replace("text", new string('<', 75_000), StringComparison.Ordinal)));

        var answer = await serving.Client.PostAsync(path, review);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(allowed, answer.Allowed);
        Assert.Matches("has 4[0-9]{5} bytes and sts-webhook has memory for 3[0-9]{5}", answer.Text);
        var page = await Eventually.GetAsync("the finding in the metrics", async () =>
            await serving.Client.MetricsAsync() is var now && now.Sum("sts_webhook_violations_total") == 1 ? now : null);
        Assert.Equal(1, page.Sum("sts_webhook_violations_total", "rule=unjudged", "severity=deny"));
        Assert.Equal(1, page.Sum("sts_webhook_admission_requests_total", "resource=pods", allowed ? "decision=warned" : "decision=denied"));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(Hex, false)]
    public async Task EmptyContainers_MoreThanTheMemoryAllows_AreDenied(string? heap, bool allowed)
    {
        await using var serving = await ServingProcess.StartWithinAsync(
            null, heap is null ? [] : [("DOTNET_GCHeapHardLimit", heap)]);
        var (_, body) = HostileBodies.Make(1, 15_000);

        var answer = await serving.Client.PostAsync("/mutate", body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(allowed, answer.Allowed);
        Assert.Equal(!allowed, answer.Text.Contains("because sts-webhook has no memory for", StringComparison.Ordinal));
    }

    private async Task PostWorstAsync(WebhookClient client, int which)
    {
        for (var i = 0; i < BodiesEach; i++)
        {
            var (path, body) = HostileBodies.Make(which + (i / Lengths.Length), Lengths[(which + i) % Lengths.Length]);
            try
            {
                await using var connection = await client.ConnectAsync();
                var answer = await connection.PostAsync(path + "?timeout=10s", body);
                statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
                if (answer.Text.Contains("sts-webhook has no free memory", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref overloads);
                }
            }
            catch (Exception e)
            {
                failures.Enqueue($"{path}, {body.Length} bytes: {e.Message}");
            }
        }
    }

    private async Task PostPodsAsync(WebhookClient client, CancellationToken end)
    {
        var body = Recordings.Bytes(Recordings.Sound);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var answer = await client.PostAsync("/mutate?timeout=10s", body);
                var live = await client.ManageAsync(HttpMethod.Get, "/livez");
                if (answer is { Status: HttpStatusCode.OK, Patch: not null } && live.Status == HttpStatusCode.OK)
                {
                    pods++;
                }
                else
                {
                    failures.Enqueue($"a pod got {answer.Status}, the kubelet {live.Status}");
                }
            }
            catch (HttpRequestException e)
            {
                failures.Enqueue(e.Message);
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}
