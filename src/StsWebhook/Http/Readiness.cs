using Microsoft.Extensions.Hosting;

namespace StsWebhook.Http;

/// <summary>Whether the program can answer reviews: it does from its start until it is told to stop.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime)
{
    /// <summary>Why not, or null.</summary>
    public string? Obstacle =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "shutting down"
        : !lifetime.ApplicationStarted.IsCancellationRequested ? "starting"
        : null;
}
