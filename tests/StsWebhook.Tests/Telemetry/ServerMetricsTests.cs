using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Prometheus;
using StsWebhook.Cluster;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

public sealed class ServerMetricsTests
{
    private const string Requests = "sts_webhook_admission_requests_total";
    private const string Duration = "sts_webhook_admission_duration_seconds";
    private const string MutatedPods = "sts_webhook_mutated_pods_total";
    private const string Variables = "sts_webhook_injected_variables_total";
    private const string Skipped = "sts_webhook_skipped_containers_total";
    private const string Violations = "sts_webhook_violations_total";
    private const string Reloads = "sts_webhook_config_reloads_total";

    private const string Restarts = "sts_webhook_watch_restarts_total";

    private static readonly string[] Webhooks = ["bind", "mutate", "validate"];
    private static readonly string[] Decisions = ["allowed", "denied", "error", "ignored", "patched", "warned"];
    private static readonly NodeTable Nodes = NodesFile.Read(Recordings.Nodes);

    private ServerMetrics metrics = new(byNamespace: false);

    [Fact]
    public async Task Page_BeforeAnyRequest_HasTheZerosOfDecisionsAndOfWhatIsRare()
    {
        var page = await PageAsync();

        Assert.Equal(
            (from webhook in Webhooks
             from decision in Decisions
             let resource = decision == "error" ? "unknown" : webhook == "bind" ? "pods/binding" : "pods"
             let operation = decision == "error" ? "unknown" : "CREATE"
             select $$"""{{Requests}}{webhook="{{webhook}}",resource="{{resource}}",operation="{{operation}}",decision="{{decision}}",dry_run="false"}""")
            .Order(StringComparer.Ordinal),
            page.Of(Requests).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(0, page.Sum(Requests));
        Assert.Equal(3, page.Of(Duration + "_count").Count());
        Assert.Equal(0, page.Sum(Duration + "_count"));
        Assert.Equal(SkipReason.All.Select(reason => $$"""{{Skipped}}{reason="{{reason}}"}"""), page.Of(Skipped), StringComparer.Ordinal);
        Assert.Equal(2, page.Of(Reloads).Count());
        Assert.Equal(0, page.Sum(Skipped) + page.Sum(Reloads));
        Assert.All(new[] { MutatedPods, Variables, Violations }, metric => Assert.Empty(page.Of(metric)));
    }

    [Fact]
    public async Task WatchStarted_PublishesAZero()
    {
        metrics.WatchStarted("nodes");
        Assert.Equal(0, (await PageAsync()).Sum(Restarts, "resource=nodes"));

        metrics.WatchRestarted("nodes");
        Assert.Equal(1, (await PageAsync()).Sum(Restarts, "resource=nodes"));
    }

    [Fact]
    public async Task Page_Process_IsThisOne()
    {
        using var process = Process.GetCurrentProcess();

        var page = await PageAsync();

        Assert.InRange(page.Sum("process_cpu_seconds_total"), double.Epsilon, process.TotalProcessorTime.TotalSeconds + 60);
        Assert.InRange(page.Sum("process_resident_memory_bytes"), 1_000_000, 64e9);
        Assert.InRange(page.Sum("dotnet_total_memory_bytes"), 100_000, page.Sum("process_resident_memory_bytes") * 4);
        Assert.InRange(page.Sum("process_open_fds"), 3, 1e6);
        Assert.Equal(new DateTimeOffset(process.StartTime).ToUnixTimeSeconds(), page.Sum("process_start_time_seconds"), tolerance: 1);
        Assert.Single(page.Of("dotnet_gc_pause_seconds_total"));
    }

    [Theory]
    [InlineData(ActivityTraceFlags.Recorded, true)]
    [InlineData(ActivityTraceFlags.None, false)]
    public async Task Answered_ASampledTrace_IsAnExemplar(ActivityTraceFlags flags, bool isShown)
    {
        using var activity = new Activity("review").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.ActivityTraceFlags = flags;

        Review(Webhook.Mutate, Recordings.Json(Recordings.Sound));

        using var page = new MemoryStream();
        await metrics.WriteAsync(page, ExpositionFormat.OpenMetricsText, TestContext.Current.CancellationToken);
        var lines = Encoding.UTF8.GetString(page.ToArray()).Split('\n');
        Assert.Equal("# EOF", lines[^2]);
        var exemplars = lines.Where(line => line.Contains($"trace_id=\"{activity.TraceId}\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(isShown ? [Duration + "_bucket{", Requests + "{"] : [], exemplars.Select(line => line[..(line.IndexOf('{', StringComparison.Ordinal) + 1)]).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.DoesNotContain("trace_id", (await PageAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_BuildInfo_IsOne()
    {
        var page = await PageAsync();

        Assert.Equal(
            [$$"""sts_webhook_build_info{version="{{BuildInfo.Version}}",commit="{{BuildInfo.Commit}}"}"""],
            page.Of("sts_webhook_build_info"),
            StringComparer.Ordinal);
        Assert.Equal(1, page.Sum("sts_webhook_build_info"));
    }

    [Fact]
    public async Task Answered_PatchedPod_CountsThePodItsRegionAndItsVariables()
    {
        Review(Webhook.Mutate, Recordings.Json("pods-create-pinned-to-zone"));
        Review(Webhook.Mutate, Recordings.Json(Recordings.Sound));

        var page = await PageAsync();
        Assert.Equal(2, page.Sum(Requests, "webhook=mutate", "resource=pods", "operation=CREATE", "decision=patched", "dry_run=false"));
        Assert.Equal(2, page.Sum(Requests));
        Assert.Equal(2, page.Sum(MutatedPods));
        Assert.Equal(1, page.Sum(MutatedPods, "region=deferred", "source=binding"));
        Assert.Equal(1, page.Sum(MutatedPods, "region=eu-west-1", "source=node"));
        Assert.Equal(3, page.Of(Variables).Count());
        Assert.Equal(2, page.Sum(Variables, "variable=AWS_STS_REGIONAL_ENDPOINTS"));
        Assert.Equal(2, page.Sum(Variables, "variable=AWS_REGION"));
        Assert.Equal(2, page.Sum(Variables, "variable=AWS_DEFAULT_REGION"));
        Assert.Empty(page.Of(Violations));
        Assert.Equal(0, page.Sum(Skipped));
    }

    [Fact]
    public async Task Answered_Variables_CountOnceAContainer()
    {
        var container = Recordings.Json(Recordings.Sound)["request"]!["object"]!["spec"]!["containers"]![0]!;
        var containers = new JsonArray([.. Enumerable.Range(0, 3).Select(i =>
        {
            var copy = container.DeepClone();
            copy["name"] = $"c{i}";
            return copy;
        })]);

        Review(Webhook.Mutate, Recordings.Json(Recordings.Sound).With("/request/object/spec/containers", containers));

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(MutatedPods));
        Assert.Equal(3, page.Sum(Variables, "variable=AWS_REGION"));
    }

    [Theory]
    [InlineData(Enforcement.Deny, "denied", "deny", 0)]
    [InlineData(Enforcement.Warn, "warned", "warn", 1)]
    [InlineData(Enforcement.Audit, "patched", "audit", 1)]
    public async Task Answered_Violations_CountByRuleSeverityAndEnforcement(Enforcement enforcement, string decision, string label, int mutated)
    {
        Review(Webhook.Mutate, Recordings.Json(Recordings.Global), enforcement);

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(Requests, "webhook=mutate", $"decision={decision}"));
        Assert.Equal(2, page.Sum(Violations, "rule=global-endpoint", "severity=deny", $"enforce={label}"));
        Assert.Equal(2, page.Sum(Violations));
        Assert.Equal(mutated, page.Sum(MutatedPods));
    }

    [Theory]
    [InlineData("pod-label", "/request/object/metadata/labels", """{"sts-webhook.io/inject":"disabled"}""")]
    [InlineData("annotation", "/request/object/metadata/annotations", """{"sts-webhook.io/skip-containers":"shell"}""")]
    [InlineData("env-from-secret", "/request/object/spec/containers/0/envFrom", """[{"secretRef":{"name":"s"}}]""")]
    [InlineData("env-from-configmap", "/request/object/spec/containers/0/envFrom", """[{"configMapRef":{"name":"s"}}]""")]
    [InlineData("empty-region", "/request/object/spec/containers/0/env", """[{"name":"AWS_REGION","value":""}]""")]
    public async Task Answered_SkippedContainer_CountsByReason(string reason, string place, string value)
    {
        var review = Recordings.Json(Recordings.Sound)
            .With("/request/object/spec/containers/0/name", "shell")
            .With(place, JsonNode.Parse(value));

        Review(Webhook.Mutate, review);

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(Skipped, $"reason={reason}"));
        Assert.Equal(1, page.Sum(Skipped));
    }

    [Fact]
    public async Task Answered_NoRegion_CountsAsNone()
    {
        Review(Webhook.Mutate, Recordings.Json(Recordings.Sound), nodes: NodeTable.Empty);

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(MutatedPods, "region=none", "source=none"));
        Assert.Equal(1, page.Sum(Skipped, "reason=no-region"));
        Assert.Equal(1, page.Sum(Requests, "decision=warned"));
    }

    [Fact]
    public async Task Answered_ExtraVariable_Counts()
    {
        Assert.True(ExtraVariable.TryCreate("AWS_USE_FIPS_ENDPOINT", "true", out var variable, out _));

        Review(
            Webhook.Mutate,
            Recordings.Json(Recordings.Sound),
            settings: new ReviewSettings { Injection = new InjectionSettings { ExtraVariables = [variable] } });

        Assert.Equal(1, (await PageAsync()).Sum(Variables, "variable=AWS_USE_FIPS_ENDPOINT"));
    }

    [Fact]
    public async Task Answered_DryRun_CountsAsRequestOnly()
    {
        Review(Webhook.Mutate, Recordings.Json("pods-create-shell-dry-dryrun"));
        Review(Webhook.Mutate, Recordings.Json(Recordings.Global).With("/request/dryRun", true), Enforcement.Warn);

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(Requests, "decision=patched", "dry_run=true"));
        Assert.Equal(1, page.Sum(Requests, "decision=warned", "dry_run=true"));
        Assert.Equal(0, page.Sum(Requests, "dry_run=false"));
        Assert.Equal(0, page.Sum(Skipped));
        Assert.All(new[] { MutatedPods, Variables, Violations }, metric => Assert.Empty(page.Of(metric)));
    }

    [Theory]
    [InlineData(Webhook.Bind, "pods-binding-create-shell", "bind", "pods/binding", "CREATE", "patched")]
    [InlineData(Webhook.Bind, "pods-create-shell", "bind", "pods", "CREATE", "ignored")]
    [InlineData(Webhook.Validate, "pods-create-shell", "validate", "pods", "CREATE", "allowed")]
    [InlineData(Webhook.Validate, "configmaps-create-aws-config", "validate", "configmaps", "CREATE", "warned")]
    [InlineData(Webhook.Validate, "deployments-update-ledger", "validate", "deployments", "UPDATE", "allowed")]
    [InlineData(Webhook.Validate, "jobs-create-backfill", "validate", "jobs", "CREATE", "warned")]
    [InlineData(Webhook.Mutate, "jobs-create-backfill", "mutate", "jobs", "CREATE", "ignored")]
    [InlineData(Webhook.Mutate, "pods-ephemeralcontainers-update-shell", "mutate", "pods/ephemeralcontainers", "UPDATE", "patched")]
    public async Task Answered_OtherReview_CountsByWhatItIs(
        Webhook webhook, string recording, string name, string resource, string operation, string decision)
    {
        Review(webhook, Recordings.Json(recording));

        var page = await PageAsync();
        Assert.Equal(
            1, page.Sum(Requests, $"webhook={name}", $"resource={resource}", $"operation={operation}", $"decision={decision}"));
        Assert.Equal(1, page.Sum(Requests));
        Assert.Equal(1, page.Sum(Duration + "_count", $"webhook={name}"));
    }

    [Fact]
    public async Task Answered_Duration_IsMeasuredInSeconds()
    {
        var result = Review(Webhook.Mutate, Recordings.Json(Recordings.Sound));
        metrics.Reviews.Answered(Webhook.Mutate, result, TimeSpan.FromMicroseconds(99));
        metrics.Reviews.Answered(Webhook.Mutate, result, TimeSpan.FromSeconds(3));

        var page = await PageAsync();
        Assert.Equal(3, page.Sum(Duration + "_count", "webhook=mutate"));
        Assert.Equal(3.002099, page.Sum(Duration + "_sum", "webhook=mutate"), 9);
        Assert.Equal(1, page.Sum(Duration + "_bucket", "webhook=mutate", "le=0.0001"));
        Assert.Equal(2, page.Sum(Duration + "_bucket", "webhook=mutate", "le=2.5"));
        Assert.Equal(3, page.Sum(Duration + "_bucket", "webhook=mutate", "le=5"));
    }

    [Fact]
    public async Task Rejected_Request_CountsInThePublishedSeries()
    {
        var before = (await PageAsync()).Series;

        metrics.Reviews.Rejected(Webhook.Validate);

        var page = await PageAsync();
        Assert.Equal(before.Order(StringComparer.Ordinal), page.Series.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(1, page.Sum(Requests, "webhook=validate", "decision=error"));
        Assert.Equal(1, page.Sum(Requests));
    }

    [Fact]
    public async Task ConfigReloaded_CountsByResult()
    {
        metrics.ConfigReloaded(succeeded: true);
        metrics.ConfigReloaded(succeeded: false);
        metrics.ConfigReloaded(succeeded: false);

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(Reloads, "result=success"));
        Assert.Equal(2, page.Sum(Reloads, "result=failure"));
    }

    [Fact]
    public async Task ConnectionClosed_CountsByPortAndReason()
    {
        const string Closed = "sts_webhook_closed_connections_total";
        Assert.Equal(6, (await PageAsync()).Of(Closed).Count());

        metrics.ConnectionClosed("management", ServerMetrics.Evicted);

        var page = await PageAsync();
        Assert.Equal(1, page.Sum(Closed, "port=management", "reason=evicted"));
        Assert.Equal(1, page.Sum(Closed));
    }

    [Fact]
    public async Task Answered_ThousandDifferentRequests_MakeNoSeriesOfTheirOwn()
    {
        Send(0);
        var one = (await PageAsync()).Series.Count;

        for (var i = 1; i <= 1000; i++)
        {
            Send(i);
        }

        var page = await PageAsync();
        Assert.Equal(one, page.Series.Count);
        Assert.Equal(2002, page.Sum(Requests));
        Assert.DoesNotContain("made-up", page.Text, StringComparison.Ordinal);

        void Send(int i)
        {
            var name = $"made-up-{i}";
            Review(Webhook.Mutate, Recordings.Json(Recordings.Sound)
                .With("/request/namespace", name)
                .With("/request/uid", name)
                .With("/request/object/metadata/name", name)
                .With("/request/object/spec/nodeSelector", new JsonObject { ["topology.kubernetes.io/region"] = $"xx-made-up-{i}" }));
            Review(Webhook.Validate, Recordings.Json(Recordings.Global)
                .With("/request/resource/resource", name)
                .With("/request/subResource", name)
                .With("/request/operation", name.ToUpperInvariant()));
        }
    }

    [Fact]
    public async Task Answered_RegionThatIsNotListed_IsOther()
    {
        // A region that fits a partition's pattern may be asked for before the list knows it.
        Review(Webhook.Mutate, Recordings.Json(Recordings.Sound)
            .With("/request/object/metadata/annotations", new JsonObject { ["sts-webhook.io/region"] = "us-north-97" }));

        Assert.Equal(1, (await PageAsync()).Sum(MutatedPods, "region=other", "source=annotation"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answered_Namespace_IsALabelOnlyWhereAskedFor(bool byNamespace)
    {
        metrics = new ServerMetrics(byNamespace);
        Review(Webhook.Mutate, Recordings.Json(Recordings.Sound));
        Review(Webhook.Mutate, Recordings.Json(Recordings.Global));

        var page = await PageAsync();
        Assert.Equal(byNamespace ? 1 : 0, page.Sum(MutatedPods, "namespace=payments"));
        Assert.Equal(byNamespace ? 2 : 0, page.Sum(Violations, "namespace=payments"));
        Assert.Equal(1, page.Sum(MutatedPods));
        Assert.DoesNotContain(page.Of(Requests), series => series.Contains("namespace=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CertificateServed_AuthorityKnownOrNot_HasASeriesOrNone()
    {
        const string Expiry = "sts_webhook_certificate_expiry_timestamp_seconds";
        Assert.Empty((await PageAsync()).Of(Expiry));
        var time = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

        metrics.CertificateServed(time, time.AddSeconds(1));
        var page = await PageAsync();
        Assert.Equal(1_900_000_000, page.Sum(Expiry, "certificate=serving"));
        Assert.Equal(1_900_000_001, page.Sum(Expiry, "certificate=ca"));

        metrics.CertificateServed(time, authorityExpiry: null);
        Assert.Single((await PageAsync()).Of(Expiry));
    }

    private ReviewSummary Review(
        Webhook webhook,
        JsonNode review,
        Enforcement? enforcement = null,
        NodeTable? nodes = null,
        ReviewSettings? settings = null)
    {
        var result = new Reviewer(settings ?? new ReviewSettings())
            .Review(review.Utf8(), webhook, enforcement, nodes ?? Nodes, new ArrayBufferWriter<byte>());
        Assert.True(result.IsAnswered, result.Error);
        metrics.Reviews.Answered(webhook, result, TimeSpan.FromMilliseconds(2));
        return result;
    }

    private async Task<MetricsPage> PageAsync()
    {
        using var page = new MemoryStream();
        await metrics.WriteAsync(page, ExpositionFormat.PrometheusText, TestContext.Current.CancellationToken);
        return MetricsPage.Parse(Encoding.UTF8.GetString(page.ToArray()));
    }
}
