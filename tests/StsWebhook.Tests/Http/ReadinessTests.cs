using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Http;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class ReadinessTests : IDisposable
{
    private readonly Lifetime lifetime = new();

    public void Dispose() => lifetime.Dispose();

    [Fact]
    public void Obstacle_FollowsTheLifeOfTheProgram()
    {
        var nodes = new LiveNodes(new ServerMetrics(byNamespace: false), NullLogger<LiveNodes>.Instance);
        var readiness = new Readiness(lifetime, nodes);
        Assert.Equal("starting", readiness.Obstacle);

        lifetime.Started.Cancel();
        Assert.Equal("the cluster's nodes are not known yet", readiness.Obstacle);

        nodes.Publish(NodeTable.Empty);
        Assert.Null(readiness.Obstacle);

        lifetime.StopApplication();
        Assert.Equal("shutting down", readiness.Obstacle);
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationTokenSource Started { get; } = new();

        public CancellationToken ApplicationStarted => Started.Token;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Dispose()
        {
            Started.Dispose();
            stopping.Dispose();
        }
    }
}
