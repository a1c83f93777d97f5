using System.Diagnostics;
using System.Text.Json.Nodes;
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
    public async Task Page_ThousandDifferentRequests_DoesNotGrow()
    {
        await using var serving = await ServingProcess.StartAsync();
        await SendAsync(0);
        await Eventually.HoldsAsync("the first request in the metrics", async () => (await serving.Client.MetricsAsync()).Sum(Requests) == 1);
        var before = (await serving.Client.MetricsAsync()).Series.Count;

        foreach (var batch in Enumerable.Range(1, 1000).Chunk(8))
        {
            await Task.WhenAll(batch.Select(SendAsync));
        }

        await Eventually.HoldsAsync("all requests in the metrics", async () => (await serving.Client.MetricsAsync()).Sum(Requests) == 1001);
        Assert.Equal(before, (await serving.Client.MetricsAsync()).Series.Count);

        Task<Answer> SendAsync(int i) => serving.Client.PostAsync("/mutate", Recordings.Json(Recordings.Global)
            .With("/request/namespace", $"namespace-{i}")
            .With("/request/resource", new JsonObject { ["group"] = $"g{i}", ["version"] = "v1", ["resource"] = $"resource{i}" })
            .With("/request/operation", $"OPERATION{i}"));
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
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, "promtool"))),
            "promtool is not on the PATH");
        await using var serving = await ServingProcess.StartAsync();
        await serving.Client.PostAsync("/mutate/warn", Recordings.Bytes(Recordings.Global));
        var page = await serving.Client.MetricsAsync();

        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await promtool.StandardInput.WriteAsync(page.Text);
        promtool.StandardInput.Close();
        var findings = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(findings);
        Assert.Equal(0, promtool.ExitCode);
    }
}
