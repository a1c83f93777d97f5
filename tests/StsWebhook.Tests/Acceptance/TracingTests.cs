using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Traces that the binary sends, and to whom.</summary>
public sealed class TracingTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string SpanId = "00f067aa0ba902b7";

    private static readonly string[] Words =
    [
        "mutate", "k8s.namespace.name", "payments", "sts_webhook.decision", "patched", "sts_webhook.region", "eu-west-1",
        "sts_webhook.region_source", "node", "sts_webhook.owner", "sts-webhook", "service.version",
    ];

    [Theory]
    [InlineData("http/protobuf", HttpProtocols.Http1, "POST /v1/traces")]
    [InlineData("grpc", HttpProtocols.Http2, "POST /opentelemetry.proto.collector.trace.v1.TraceService/Export")]
    public async Task Review_WithACollector_IsASpanOfTheApiServersTrace(string protocol, HttpProtocols http, string request)
    {
        await using var collector = await TraceCollector.StartAsync(http);
        await using var serving = await ServingProcess.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_BSP_SCHEDULE_DELAY", "100"));

        await SendAsync(serving, Recordings.Bytes("pods-create-pinned-to-zone"), sampled: true);

        await Eventually.HoldsAsync("the trace at the collector", () => collector.HasReceived(Convert.FromHexString(TraceId)));
        Assert.True(collector.HasReceived(Convert.FromHexString(SpanId)));
        Assert.All(collector.Received, sent => Assert.Equal(request, sent.Request));
        Assert.All(
            Words,
            word => Assert.True(collector.HasReceived(Encoding.UTF8.GetBytes(word)), word));
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
