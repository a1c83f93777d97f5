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
    ReviewerProvider live,
    LogLevelSwitch threshold,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<SettingsWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (loader.File is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (loader.HasChanged)
            {
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
            threshold.Level = settings.LogLevel;
            metrics.ConfigReloaded(succeeded: true);
            log.SettingsReloaded(needsRestart: settings with { Review = initial.Review, LogLevel = initial.LogLevel } != initial);
        }
        catch (ConfigurationException e)
        {
            metrics.ConfigReloaded(succeeded: false);
            log.SettingsRefused(e.Message);
        }
    }
}
