using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using StsWebhook.Certificates;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Http;
using StsWebhook.Settings;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class ReadinessTests : IDisposable
{
    private readonly Lifetime lifetime = new();

    public void Dispose() => lifetime.Dispose();

    [Fact]
    public void NotReadyReason_ChangesFromStartToShutdown()
    {
        var metrics = new ServerMetrics(byNamespace: false);
        var nodes = new NodeStore(metrics, NullLogger<NodeStore>.Instance);
        var serving = new ServingCertificate(metrics, clients: null);
        using var drain = new DrainSignal();
        using var shutdown = new GracefulShutdown(
            new StartupSettings(), lifetime, drain, TimeProvider.System, NullLogger<GracefulShutdown>.Instance);
        var readiness = new Readiness(lifetime, shutdown, serving, nodes);
        Assert.Equal("starting", readiness.NotReadyReason);

        lifetime.Started.Cancel();
        Assert.Equal("the serving certificate is not loaded yet", readiness.NotReadyReason);

        serving.Use(EphemeralCertificate.Create(TimeProvider.System.GetUtcNow()).Serving, authorityExpiry: null);
        Assert.Equal("the nodes of the cluster have not been listed yet", readiness.NotReadyReason);

        nodes.Publish(NodeTable.Empty);
        Assert.Null(readiness.NotReadyReason);

        lifetime.StopApplication();
        Assert.Equal("shutting down", readiness.NotReadyReason);
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
