using Microsoft.Extensions.Logging;

namespace StsWebhook.Telemetry;

/// <summary>The log levels, which change while the program runs. Safe for use by several threads.</summary>
internal sealed class LogLevelSwitch(LogLevel initial)
{
    private volatile LogLevel level = initial;
    private volatile bool isFrameworkEnabled;

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel Level
    {
        get => level;
        set => level = value;
    }

    /// <summary>Whether lines of a level are logged.</summary>
    public bool IsEnabled(LogLevel line) => line >= level;

    /// <summary>
    /// Whether lines of ASP.NET Core are logged: warnings and above, once the server has started. Before that, ASP.NET Core
    /// logs an error with its stack trace and throws it as well; the command reports the exception in one line.
    /// </summary>
    public bool IsFrameworkEnabled(LogLevel line) => line >= LogLevel.Warning && isFrameworkEnabled && IsEnabled(line);

    /// <summary>Enables lines of ASP.NET Core.</summary>
    public void EnableFramework() => isFrameworkEnabled = true;
}
