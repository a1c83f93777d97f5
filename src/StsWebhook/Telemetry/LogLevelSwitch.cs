using Microsoft.Extensions.Logging;

namespace StsWebhook.Telemetry;

/// <summary>The least grave level that is logged. It can change while the program runs.</summary>
internal sealed class LogLevelSwitch(LogLevel initial)
{
    private volatile LogLevel level = initial;

    /// <summary>The level.</summary>
    public LogLevel Level
    {
        get => level;
        set => level = value;
    }

    /// <summary>Whether lines of this level are logged.</summary>
    public bool Admits(LogLevel line) => line >= level;
}
