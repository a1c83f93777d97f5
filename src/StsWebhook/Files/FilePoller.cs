using Microsoft.Extensions.Hosting;

namespace StsWebhook.Files;

/// <summary>
/// Reads files at the start and then every second. Polling replaces file system events because the kubelet updates
/// a mounted volume by swapping a symbolic link, and events for such a swap are not reliable.
/// </summary>
internal abstract class FilePoller(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Reads the files and applies them if they changed. Called by one thread at a time; must not throw.</summary>
    public abstract void Poll();

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            Poll();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
