using Microsoft.Extensions.Hosting;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;

namespace StsWebhook.Http;

/// <summary>
/// Whether the program can answer reviews: it does once it has a certificate and knows the nodes, until it is told to
/// end.
/// </summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime, GracefulShutdown drain, ServingCertificate serving, NodeStore nodes)
{
    /// <summary>Why not, or null.</summary>
    public string? NotReadyReason =>
        drain.IsUnderWay ? "shutting down"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "starting"
        : serving.NotReadyReason is { } obstacle ? obstacle
        : !nodes.IsSynced ? "the cluster's nodes are not known yet"
        : null;
}
