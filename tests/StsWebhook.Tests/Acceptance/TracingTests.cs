using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The traces that the binary sends, and where it sends them.</summary>
public sealed class TracingTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string SpanId = "00f067aa0ba902b7";
    private const int Server = 2;
    private const int Client = 3;
    private const int Error = 2;

    [Theory]
    [InlineData("http/protobuf", HttpProtocols.Http1, "POST /v1/traces")]
    [InlineData("grpc", HttpProtocols.Http2, "POST /opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    public async Task Review_WithACollector_IsASpanOfTheApiServersTrace(string protocol, HttpProtocols http, string request)
    {
        await using var collector = await TraceCollector.StartAsync(http);
        await using var serving = await ServingProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_BSP_SCHEDULE_DELAY", "100"));

        await SendAsync(serving, Recordings.Bytes("pods-create-pinned-to-zone"), sampled: true);

        await Eventually.HoldsAsync("the trace at the collector", () => collector.Spans.Any(span => span.Kind == Server));
        Assert.All(collector.Received, sent => Assert.Equal(request, sent.Request));
        var review = Assert.Single(collector.Spans, span => span.Kind == Server);
        Assert.Equal(("mutate", TraceId, SpanId), (review.Name, review.TraceId, review.ParentId));
        Assert.InRange(review.End - review.Start, 1UL, 60_000_000_000UL);
        Assert.Equal(0, review.Status);
        Assert.Equal("sts-webhook", review.Resource["service.name"]);
        Assert.Contains("service.version", review.Resource.Keys, StringComparer.Ordinal);
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["k8s.namespace.name"] = "payments",
                ["sts_webhook.resource"] = "pods",
                ["sts_webhook.owner"] = string.Empty,
                ["sts_webhook.decision"] = "patched",
                ["sts_webhook.region"] = "eu-west-1",
                ["sts_webhook.region_source"] = "node",
            },
            review.Attributes);
    }

    [Fact]
    public async Task Review_Steps_AreSpansWithinIt()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(Variables(collector));

        await SendAsync(serving, Recordings.Bytes("pods-create-pinned-to-zone"), sampled: true);

        await Eventually.HoldsAsync("the trace at the collector", () => collector.Spans.Any(span => span.Kind == Server));
        var review = collector.Spans.Single(span => span.Kind == Server);
        var steps = collector.Spans.Where(span => span.ParentId == review.SpanId).OrderBy(span => span.Start).ToArray();
        Assert.Equal(["region", "policy", "injection"], steps.Select(step => step.Name), StringComparer.Ordinal);
        Assert.All(steps, step => Assert.Equal(TraceId, step.TraceId));
        Assert.All(steps, step => Assert.True(review.Start <= step.Start && step.End <= review.End, step.Name));
        Assert.Equal("node", steps[0].Attributes["sts_webhook.region_source"]);
    }

    [Fact]
    public async Task Review_ReadsOfTheCluster_AreSpansWithinIt()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Put(StubCluster.Node("here", "eu-west-1"));
        server.Cluster.PutConfigMap(ClusterReview.Namespace, "settings", new JsonObject { ["A"] = "b" });
        server.Fault = request => request.Path.EndsWith("/configmaps/broken", StringComparison.Ordinal) ? StubFault.Status(500) : null;
        await using var webhook = await ClusterWebhook.StartWatchingAsync(server, null, Variables(collector));

        await webhook.MutateAsync(ClusterReview.Pod("""{"envFrom":[{"configMapRef":{"name":"settings"}},{"configMapRef":{"name":"broken"}}]}"""));
        await webhook.BindAsync(ClusterReview.Binding("elsewhere"));

        await Eventually.HoldsAsync("both traces at the collector", () => collector.Spans.Count(span => span.Kind == Server) == 2);
        var wait = Assert.Single(collector.Spans, span => span.Name == "configmaps");
        Assert.Equal(collector.Spans.Single(span => span.Name == "mutate").SpanId, wait.ParentId);
        Assert.Equal(("2", "1"), (wait.Attributes["sts_webhook.configmaps"], wait.Attributes["sts_webhook.configmaps_read"]));
        var reads = collector.Spans.Where(span => span.Name == "GET configmap").ToDictionary(span => span.Attributes["k8s.configmap.name"], StringComparer.Ordinal);
        Assert.All(reads.Values, read => Assert.Equal((wait.SpanId, Client), (read.ParentId, read.Kind)));
        Assert.Equal((0, Error), (reads["settings"].Status, reads["broken"].Status));
        var node = Assert.Single(collector.Spans, span => span.Name == "GET node");
        Assert.Equal(collector.Spans.Single(span => span.Name == "bind").SpanId, node.ParentId);
        Assert.Equal("elsewhere", node.Attributes["k8s.node.name"]);
        Assert.Contains(server.Requests, request => request.Headers.TryGetValue("traceparent", out var parent) && parent.Contains(wait.TraceId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Review_OfASecret_IsASpanWithoutIt()
    {
        const string Secret = "hunter2";
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(Variables(collector));

        await SendAsync(
            serving,
            Encoding.UTF8.GetBytes(Recordings.Text(Recordings.Global).Replace("https://sts.amazonaws.com\"", $"https://sts.amazonaws.com/{Secret}\"", StringComparison.Ordinal)),
            sampled: true);

        await Eventually.HoldsAsync("the trace at the collector", () => collector.HasReceived("denied"u8));
        Assert.False(collector.HasReceived(Encoding.UTF8.GetBytes(Secret)));
    }

    [Fact]
    public async Task Review_WithoutATraceparent_IsATraceOfItsOwn()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(Variables(collector));

        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));

        await Eventually.HoldsAsync("a trace at the collector", () => collector.HasReceived("payments"u8));
    }

    [Fact]
    public async Task Review_TheApiServerDoesNotSample_IsNotSent()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(Variables(collector));

        await SendAsync(serving, Recordings.Bytes(Recordings.Sound), sampled: false);
        await serving.Client.PostAsync("/bind", Recordings.Bytes("pods-binding-create-shell"));

        await Eventually.HoldsAsync("the later trace at the collector", () => collector.HasReceived("pods/binding"u8));
        Assert.False(collector.HasReceived(Convert.FromHexString(TraceId)));
    }

    [Fact]
    public async Task Serve_ServiceNameInTheEnvironment_IsUsed()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(
            [.. Variables(collector), ("OTEL_SERVICE_NAME", "sts-of-blue"), ("OTEL_RESOURCE_ATTRIBUTES", "k8s.cluster.name=blue-eks")]);

        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));

        await Eventually.HoldsAsync("the service's name at the collector", () => collector.HasReceived("sts-of-blue"u8));
        Assert.True(collector.HasReceived("blue-eks"u8));
    }

    [Fact]
    public async Task Terminate_SpansNotSentYet_AreSent()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "600000"));
        await SendAsync(serving, Recordings.Bytes(Recordings.Sound), sampled: true);

        await serving.Process.TerminateAsync();

        Assert.Equal(0, await serving.Process.ExitCodeAsync());
        Assert.True(collector.HasReceived(Convert.FromHexString(TraceId)));
    }

    [Fact]
    public async Task Serve_CollectorThatIsNotThere_DoesNotMatter()
    {
        var collector = await TraceCollector.StartAsync();
        var gone = Variables(collector);
        await collector.DisposeAsync();
        await using var serving = await ServingProcess.StartAsync(gone);

        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull((await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        }

        Assert.Empty(serving.Process.Error);
    }

    [Fact]
    public async Task Review_WithoutACollectorsAddress_IsNotSent()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var serving = await ServingProcess.StartAsync([.. Variables(collector)[1..]]);

        await SendAsync(serving, Recordings.Bytes(Recordings.Sound), sampled: true);
        await serving.Process.TerminateAsync();
        await serving.Process.ExitCodeAsync();

        Assert.Empty(collector.Received);
    }

    private static (string Name, string Value)[] Variables(TraceCollector collector) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
    ];

    private static async Task SendAsync(ServingProcess serving, byte[] review, bool sampled)
    {
        using var content = new ByteArrayContent(review);
        content.Headers.ContentType = new("application/json");
        await serving.Client.SendAsync(
            HttpMethod.Post, "/mutate", content, ("traceparent", $"00-{TraceId}-{SpanId}-{(sampled ? "01" : "00")}"));
    }
}
