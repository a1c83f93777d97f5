using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace StsWebhook.Telemetry;

/// <summary>Logs one JSON object a line.</summary>
internal static class JsonLines
{
    /// <summary>Adds the console with that format. Of the framework's own lines only those from warning on are kept.</summary>
    /// <param name="logging">The program's logging.</param>
    /// <param name="threshold">Which lines are logged; asked anew for each.</param>
    /// <param name="hasStarted">
    /// Whether the program answers. Until then the framework logs a fault with its stack trace and throws it as well,
    /// to be reported by whoever started the program, in one line where it is no fault of ours.
    /// </param>
    public static void AddJsonLines(this ILoggingBuilder logging, LogLevelSwitch threshold, Func<bool> hasStarted)
    {
        logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddFilter(threshold.Admits)
            .AddFilter("Microsoft", level => level >= LogLevel.Warning && threshold.Admits(level) && hasStarted())
            .AddFilter("System", level => level >= LogLevel.Warning && threshold.Admits(level))
            // It says nothing from warning on, but makes an activity and a scope for each request while it is enabled.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });

        // Where nobody reads them, lines are lost, and on standard error it is told how many: no pod waits for them.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
    }
}
