using Microsoft.Extensions.Hosting;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;

namespace StsWebhook.Http;

/// <summary>
/// Whether the program can answer reviews: from the moment it has a certificate and has listed the nodes until it shuts
/// down. Safe for use by several threads.
/// </summary>
internal sealed class Readiness(
    IHostApplicationLifetime lifetime, GracefulShutdown shutdown, ServingCertificate serving, NodeStore nodes)
{
    /// <summary>The reason in one line; null if the program is ready.</summary>
    public string? NotReadyReason =>
        shutdown.IsDraining ? "shutting down"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "starting"
        : serving.NotReadyReason is { } reason ? reason
        : !nodes.IsSynced ? "the nodes of the cluster have not been listed yet"
        : null;
}
