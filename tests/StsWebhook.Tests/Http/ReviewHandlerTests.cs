using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StsWebhook.Cluster;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;
using StsWebhook.Http;
using StsWebhook.Settings;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class ReviewHandlerTests : IDisposable
{
    private static readonly StartupSettings Settings = new() { ReviewMemory = 8 * 1024 * 1024 };

    private readonly FakeTimeProvider time = new();
    private readonly PooledBuffer answer = new();
    private readonly AdmissionControl control;
    private readonly ReviewHandler handler;

    public ReviewHandlerTests()
    {
        control = new AdmissionControl(Settings, available: 0, time);
        var nodes = new NodeStore(new ServerMetrics(byNamespace: false), NullLogger<NodeStore>.Instance);
        nodes.Publish(NodesFile.Read(Recordings.Nodes));
        handler = new ReviewHandler(new ReviewerProvider(new ReloadableSettings()), new ClusterSnapshotProvider(nodes, configMaps: null, lookup: null), control);
    }

    public void Dispose() => answer.Dispose();

    [Fact]
    public async Task HandleAsync_ValidReview_IsAnswered()
    {
        var response = await HandleAsync(Recordings.Bytes(Recordings.Sound));

        var answered = Assert.IsType<ReviewResponse.Answered>(response);
        Assert.Equal(AdmissionDecision.Patched, answered.Result.Decision);
        Assert.Same(MemoryLease.Empty, answered.Lease);
        Assert.NotEqual(0, answer.Written.Length);
    }

    [Fact]
    public async Task HandleAsync_NotAReview_IsRejected()
    {
        var rejected = Assert.IsType<ReviewResponse.Rejected>(await HandleAsync("[]"u8.ToArray()));

        Assert.Equal(StatusCodes.Status400BadRequest, rejected.Status);
        Assert.Equal(0, answer.Written.Length);
    }

    [Fact]
    public async Task HandleAsync_NoMemoryForHalfOfTheTimeout_IsDenied()
    {
        while (await control.AcquireAsync(1, TimeSpan.Zero, CancellationToken.None) is not null)
        {
        }

        var response = HandleAsync(Recordings.Bytes(Recordings.Sound));

        Assert.False(response.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        AssertUnjudged(await response, "because sts-webhook has no free memory", wasOverloaded: true);
    }

    [Fact]
    public async Task HandleAsync_NoMemoryForALargeBody_IsReadInPiecesAndDenied()
    {
        using var all = await control.AcquireAsync(control.MaxBody, TimeSpan.Zero, CancellationToken.None);

        var response = HandleAsync(Padded(300_000));

        time.Advance(TimeSpan.FromSeconds(5));
        AssertUnjudged(await response, "because sts-webhook has no free memory", wasOverloaded: true);
    }

    [Fact]
    public async Task HandleAsync_LongerThanTheMemory_IsDenied() => AssertUnjudged(
        await HandleAsync(Padded(400_000)), $"has 400000 bytes and sts-webhook has memory for {control.MaxBody}");

    [Fact]
    public async Task HandleAsync_LongerThanTheMemoryAndNotAReview_IsRejected()
    {
        var rejected = Assert.IsType<ReviewResponse.Rejected>(await HandleAsync(new byte[400_000]));

        Assert.Equal(StatusCodes.Status400BadRequest, rejected.Status);
    }

    [Fact]
    public async Task HandleAsync_NoLength_IsRejected()
    {
        var request = Request(Recordings.Bytes(Recordings.Sound)) with { ContentLength = null };

        var rejected = Assert.IsType<ReviewResponse.Rejected>(await handler.HandleAsync(request, answer, CancellationToken.None));

        Assert.Equal(StatusCodes.Status411LengthRequired, rejected.Status);
    }

    /// <summary>The rest of the body does not come: the answer leaves before the API server's timeout.</summary>
    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task HandleAsync_BodyStops_IsAnsweredBeforeTheTimeout(int length)
    {
        var pipe = new System.IO.Pipelines.Pipe();
        await pipe.Writer.WriteAsync(Recordings.Bytes(Recordings.Sound), TestContext.Current.CancellationToken);
        var request = new ReviewRequest(Webhook.Mutate, Enforcement: null, pipe.Reader.AsStream(), length, TimeSpan.FromSeconds(1));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        var response = await handler.HandleAsync(request, answer, TestContext.Current.CancellationToken);

        AssertUnjudged(response, length < control.MaxBody ? "did not arrive in time" : "sts-webhook has memory for");
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.7));
    }

    [Fact]
    public async Task HandleAsync_ManyEmptyContainers_AreDenied()
    {
        var (_, body) = HostileBodies.Make(1, 15_000);

        AssertUnjudged(await HandleAsync(body), "has no memory for");
    }

    [Fact]
    public async Task HandleAsync_ManyReviews_ReleaseTheirMemory()
    {
        for (var i = 0; i < 100; i++)
        {
            using var next = new PooledBuffer();
            Assert.IsType<ReviewResponse.Answered>(
                await handler.HandleAsync(Request(Recordings.Bytes(Recordings.Sound)), next, TestContext.Current.CancellationToken));
        }
    }

    private void AssertUnjudged(ReviewResponse response, string expected, bool wasOverloaded = false)
    {
        var answered = Assert.IsType<ReviewResponse.Answered>(response);
        Assert.Equal(AdmissionDecision.Denied, answered.Result.Decision);
        Assert.Equal("unjudged", Assert.Single(answered.Result.Findings).Rule.Name);
        Assert.Contains(expected, answered.Result.Unjudged, StringComparison.Ordinal);
        Assert.Equal(wasOverloaded, answered.WasOverloaded);
        Assert.NotEqual(0, answer.Written.Length);
    }

    private static byte[] Padded(int length)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)' ');
        Recordings.Bytes(Recordings.Sound).CopyTo(body, 0);
        return body;
    }

    private Task<ReviewResponse> HandleAsync(byte[] body) =>
        handler.HandleAsync(Request(body), answer, TestContext.Current.CancellationToken).AsTask();

    private static ReviewRequest Request(byte[] body) => new(
        Webhook.Mutate, Enforcement: null, new MemoryStream(body), body.Length, TimeSpan.FromSeconds(10));
}
