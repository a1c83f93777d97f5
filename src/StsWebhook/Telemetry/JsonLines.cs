using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace StsWebhook.Telemetry;

/// <summary>Configures logging: one JSON object a line, on standard output.</summary>
internal static class JsonLines
{
    /// <summary>Adds the console logger and the filters.</summary>
    /// <param name="logging">The logging of the host.</param>
    /// <param name="levels">The levels. The filters read them for each line.</param>
    public static void AddJsonLines(this ILoggingBuilder logging, LogLevelSwitch levels)
    {
        logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddFilter(levels.IsEnabled)
            .AddFilter("Microsoft", levels.IsFrameworkEnabled)
            .AddFilter("System", level => level >= LogLevel.Warning && levels.IsEnabled(level))
            // This category has no warnings, but while it is enabled it creates an activity and a scope for each request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });

        // If nothing reads standard output, lines are dropped and their number goes to standard error. Reviews do not wait.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
    }
}
