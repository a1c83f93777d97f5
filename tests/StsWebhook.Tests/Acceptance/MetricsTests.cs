using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Observability;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The page that Prometheus scrapes from the binary.</summary>
public sealed class MetricsTests
{
    private const string Requests = "sts_webhook_admission_requests_total";

    [Fact]
    public async Task Page_BeforeAnyRequest_HasTheZeroOfEachDecision()
    {
        await using var serving = await ServingProcess.StartAsync();

        var page = await serving.Client.MetricsAsync();

        Assert.Equal(18, page.Of(Requests).Count());
        Assert.Equal(0, page.Sum(Requests));
    }

    [Fact]
    public async Task Page_AfterRequests_CountsThem()
    {
        await using var serving = await ServingProcess.StartAsync();
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Global));
        await serving.Client.PostAsync("/validate/warn", Recordings.Bytes(Recordings.Global));
        await serving.Client.PostAsync("/bind", Recordings.Bytes("pods-binding-create-shell"));
        await serving.Client.PostAsync("/mutate", Recordings.Bytes("pods-create-shell-dry-dryrun"));
        await serving.Client.PostAsync("/mutate", "{"u8.ToArray());
        await serving.Client.PostAsync("/bind", [], mediaType: null);

        var page = await Eventually.GetAsync("seven counted requests", async () =>
            await serving.Client.MetricsAsync() is var now && now.Sum(Requests) == 7 ? now : null);

        Assert.Equal(1, page.Sum(Requests, "webhook=mutate", "decision=patched", "dry_run=false"));
        Assert.Equal(1, page.Sum(Requests, "webhook=mutate", "decision=patched", "dry_run=true"));
        Assert.Equal(1, page.Sum(Requests, "webhook=mutate", "decision=denied"));
        Assert.Equal(1, page.Sum(Requests, "webhook=mutate", "decision=error"));
        Assert.Equal(1, page.Sum(Requests, "webhook=validate", "decision=warned"));
        Assert.Equal(1, page.Sum(Requests, "webhook=bind", "decision=patched", "resource=pods/binding"));
        Assert.Equal(1, page.Sum(Requests, "webhook=bind", "decision=error"));
        Assert.Equal(1, page.Sum("sts_webhook_mutated_pods_total"));
        Assert.Equal(2, page.Sum("sts_webhook_violations_total", "enforce=deny"));
        Assert.Equal(2, page.Sum("sts_webhook_violations_total", "enforce=warn"));
        Assert.Equal(5, page.Sum("sts_webhook_admission_duration_seconds_count"));
        Assert.InRange(page.Sum("sts_webhook_admission_duration_seconds_sum"), double.Epsilon, 60);
    }

    [Fact]
    public async Task Page_RequestsToOtherPaths_AreNotCounted()
    {
        await using var serving = await ServingProcess.StartAsync();
        await serving.Client.PostAsync("/nowhere", Recordings.Bytes(Recordings.Sound));
        await serving.Client.SendAsync(HttpMethod.Get, "/mutate");
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));

        await Eventually.HoldsAsync("the last request in the metrics", async () =>
            (await serving.Client.MetricsAsync()).Sum(Requests, "decision=patched") == 1);
        Assert.Equal(1, (await serving.Client.MetricsAsync()).Sum(Requests));
    }

    [Fact]
    public async Task Page_BuildInfo_IsWhatVersionPrints()
    {
        await using var serving = await ServingProcess.StartAsync();
        var version = (await NativeProcess.RunAsync(["--version"])).Output.Single().Split(' ', '(', ')');

        var series = Assert.Single((await serving.Client.MetricsAsync()).Of("sts_webhook_build_info"));

        Assert.Equal($$"""sts_webhook_build_info{version="{{version[1]}}",commit="{{version[4]}}"}""", series);
    }

    [Fact]
    public async Task Page_TenThousandDifferentRequests_DoesNotGrow()
    {
        const int Count = 10_000;
        var templates = HostileReviews();
        await using var serving = await ServingProcess.StartAsync();
        for (var i = 0; i < templates.Length; i++)
        {
            await SendAsync(i);
        }

        var before = await CountedAsync(templates.Length);
        foreach (var batch in Enumerable.Range(templates.Length, Count).Chunk(8))
        {
            await Task.WhenAll(batch.Select(SendAsync));
        }

        var after = await CountedAsync(Count + templates.Length);
        Assert.Equal(before.Series, after.Series, StringComparer.Ordinal);
        Assert.DoesNotContain("hostile", after.Text, StringComparison.OrdinalIgnoreCase);

        Task<Answer> SendAsync(int i)
        {
            var (path, review) = templates[i % templates.Length];
            return serving.Client.PostAsync(path, Encoding.UTF8.GetBytes(review.Replace("hostile", $"hostile-{i}", StringComparison.Ordinal)));
        }

        Task<MetricsPage> CountedAsync(int requests) => Eventually.GetAsync("all requests in the metrics", async () =>
            await serving.Client.MetricsAsync() is var page && page.Sum(Requests) == requests ? page : null);
    }

    [Theory]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    public async Task Page_NamespaceLabel_IsASetting(string value, int expected)
    {
        await using var serving = await ServingProcess.StartAsync(("STS_WEBHOOK__METRICS__NAMESPACE_LABEL", value));
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));

        var page = await Eventually.GetAsync("the request in the metrics", async () =>
            await serving.Client.MetricsAsync() is var now && now.Sum("sts_webhook_mutated_pods_total") == 1 ? now : null);

        Assert.Equal(expected, page.Sum("sts_webhook_mutated_pods_total", "namespace=payments"));
    }

    [Fact]
    public async Task Page_ForPromtool_IsClean()
    {
        await using var serving = await ServingProcess.StartAsync();
        await serving.Client.PostAsync("/mutate/warn", Recordings.Bytes(Recordings.Global));
        var page = await serving.Client.MetricsAsync();

        Assert.Equal((0, string.Empty), await Promtool.RunAsync(["check", "metrics"], page.Text));
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;q=0, text/plain", false)]
    [InlineData("text/plain", false)]
    [InlineData("*/*", false)]
    [InlineData("nonsense", false)]
    public async Task Page_Format_IsWhatIsAskedFor(string accept, bool isOpenMetrics)
    {
        await using var serving = await ServingProcess.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{serving.Client.ManagementPort}/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isOpenMetrics ? "application/openmetrics-text" : "text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(isOpenMetrics, text.EndsWith("# EOF\n", StringComparison.Ordinal));
        Assert.Contains("sts_webhook_build_info", text, StringComparison.Ordinal);
    }

    /// <summary>Reviews with a word wherever a review may say anything; each time with another one in its place.</summary>
    private static (string Path, string Review)[] HostileReviews() =>
    [
        ("/mutate", Recordings.Json(Recordings.Sound)
            .With("/request/uid", "hostile")
            .With("/request/namespace", "hostile")
            .With("/request/userInfo", new JsonObject { ["username"] = "hostile" })
            .With("/request/object/metadata/generateName", "hostile")
            .With("/request/object/metadata/ownerReferences", new JsonArray(new JsonObject { ["kind"] = "hostile", ["name"] = "hostile" }))
            .With("/request/object/metadata/annotations", new JsonObject { ["sts-webhook.io/region"] = "us-hostile-7" })
            .With("/request/object/spec/containers/0/name", "hostile")
            .With("/request/object/spec/containers/0/env", new JsonArray(new JsonObject { ["name"] = "hostile", ["value"] = "hostile" }))
            .ToJsonString()),
        ("/mutate/warn", Recordings.Json(Recordings.Sound)
            .With("/request/namespace", "hostile")
            .With("/request/object/metadata/annotations", new JsonObject { ["sts-webhook.io/skip-containers"] = "hostile", ["sts-webhook.io/hostile"] = "1" })
            .With("/request/object/spec/nodeSelector", new JsonObject { ["topology.kubernetes.io/region"] = "us-hostile-7" })
            .With("/request/object/spec/containers/0/env", new JsonArray(
                new JsonObject { ["name"] = "hostile", ["value"] = "https://sts.amazonaws.com/hostile" }))
            .ToJsonString()),
        ("/validate", Recordings.Json(Recordings.Global)
            .With("/request/kind", new JsonObject { ["group"] = "hostile", ["version"] = "hostile", ["kind"] = "hostile" })
            .With("/request/resource", new JsonObject { ["group"] = "hostile", ["version"] = "v1", ["resource"] = "hostile" })
            .With("/request/subResource", "hostile")
            .With("/request/operation", "hostile")
            .ToJsonString()),
    ];
}
