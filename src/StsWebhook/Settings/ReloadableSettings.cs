using Microsoft.Extensions.Logging;
using StsWebhook.Core.Admission;

namespace StsWebhook.Settings;

/// <summary>
/// The settings that apply without a restart when the settings file changes. Do not keep a copy: read
/// <see cref="ReviewerProvider"/>, which always has the current ones. Immutable.
/// </summary>
internal sealed record ReloadableSettings
{
    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The settings of policy and injection.</summary>
    public ReviewSettings Review { get; init; } = new();
}
