using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace StsWebhook.Certificates;

/// <summary>
/// Looks at files every second. It looks instead of listening: the kubelet swaps what it mounts by a link, of which
/// file system events tell nothing that can be relied on.
/// </summary>
internal abstract class PollingFileWatcher(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string? seen;

    /// <summary>Looks at the files, and uses what is new in them.</summary>
    public abstract void Poll();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            Poll();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>Whether what was found differs from what was found before. Its hash is kept, not a key that may be in it.</summary>
    protected bool IsNew(string found)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(found)));
        var isNew = hash != seen;
        seen = hash;
        return isNew;
    }
}
