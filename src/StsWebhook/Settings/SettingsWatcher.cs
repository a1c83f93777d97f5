using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Settings;

/// <summary>
/// Watches the settings file. A valid change applies from the next request on; an invalid one is refused, logged
/// and counted, and the old settings stay. It looks instead of listening: the kubelet swaps mounted ConfigMaps by
/// a link, of which file system events tell nothing that can be relied on.
/// </summary>
internal sealed class SettingsWatcher(
    SettingsLoader loader,
    ServerSettings initial,
    LiveSettings live,
    AdmissionMetrics metrics,
    TimeProvider time,
    ILogger<SettingsWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (loader.File is not { } file)
        {
            return;
        }

        var seen = Fingerprint(file);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var now = Fingerprint(file);
            if (now != seen)
            {
                seen = now;
                Reload();
            }
        }
    }

    private void Reload()
    {
        try
        {
            var settings = loader.Load();
            live.Apply(settings.Review);
            metrics.ConfigReloaded(succeeded: true);
            log.SettingsReloaded(needsRestart: settings with { Review = initial.Review } != initial);
        }
        catch (UnusableSettingException e)
        {
            metrics.ConfigReloaded(succeeded: false);
            log.SettingsRefused(e.Message);
        }
    }

    /// <summary>The content's hash; null while the file cannot be read, which is a change as well.</summary>
    private static string? Fingerprint(string file)
    {
        try
        {
            return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
