namespace StsWebhook.Settings;

/// <summary>All settings, as <see cref="SettingsLoader"/> reads them.</summary>
internal sealed record ServerSettings
{
    /// <summary>The settings that need a restart.</summary>
    public StartupSettings Startup { get; init; } = new();

    /// <summary>The settings that apply without a restart.</summary>
    public ReloadableSettings Reloadable { get; init; } = new();
}
