using Microsoft.Extensions.Logging;

namespace StsWebhook.Telemetry;

/// <summary>Logs one JSON object a line.</summary>
internal static class JsonLines
{
    /// <summary>Adds the console with that format. Of the framework's own lines only those from warning on are kept.</summary>
    public static ILoggingBuilder AddJsonLines(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
}
