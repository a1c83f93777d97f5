using Microsoft.Extensions.Logging;
using StsWebhook.Files;
using StsWebhook.Telemetry;

namespace StsWebhook.Settings;

/// <summary>
/// Applies changes of the settings file. A valid change applies from the next request on. An invalid file is logged and
/// counted, and the current settings stay in use.
/// </summary>
internal sealed class SettingsWatcher(
    SettingsLoader loader,
    StartupSettings initial,
    ReviewerProvider reviewers,
    LogLevelSwitch logLevel,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<SettingsWatcher> log) : FilePoller(time)
{
    /// <inheritdoc/>
    public override void Poll()
    {
        if (loader.File?.Read().HasChanged == true)
        {
            Reload();
        }
    }

    private void Reload()
    {
        try
        {
            var settings = loader.Load();
            reviewers.Apply(settings.Reloadable);
            logLevel.Level = settings.Reloadable.LogLevel;
            metrics.ConfigReloaded(succeeded: true);
            log.SettingsReloaded(needsRestart: settings.Startup != initial);
        }
        catch (ConfigurationException e)
        {
            metrics.ConfigReloaded(succeeded: false);
            log.SettingsRejected(e.Message);
        }
    }
}
