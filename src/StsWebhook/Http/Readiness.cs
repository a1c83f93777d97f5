using Microsoft.Extensions.Hosting;
using StsWebhook.Cluster;

namespace StsWebhook.Http;

/// <summary>Whether the program can answer reviews: it does once it knows the nodes, until it is told to stop.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime, LiveNodes nodes)
{
    /// <summary>Why not, or null.</summary>
    public string? Obstacle =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "shutting down"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "starting"
        : !nodes.IsSynced ? "the cluster's nodes are not known yet"
        : null;
}
