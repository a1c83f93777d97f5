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
    public async Task HandleAsync_NoMemoryForHalfOfTheTimeout_IsOverloaded()
    {
        while (await control.AcquireAsync(1, TimeSpan.Zero, CancellationToken.None) is not null)
        {
        }

        var response = HandleAsync(Recordings.Bytes(Recordings.Sound));

        Assert.False(response.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.IsType<ReviewResponse.Overloaded>(await response);
        Assert.Equal(0, answer.Written.Length);
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

    private Task<ReviewResponse> HandleAsync(byte[] body) =>
        handler.HandleAsync(Request(body), answer, TestContext.Current.CancellationToken).AsTask();

    private static ReviewRequest Request(byte[] body) => new(
        Webhook.Mutate, Enforcement: null, new MemoryStream(body), body.Length, TimeSpan.FromSeconds(10));
}
