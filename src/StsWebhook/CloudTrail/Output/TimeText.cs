using System.Globalization;

namespace StsWebhook.CloudTrail.Output;

/// <summary>Formats times as CloudTrail does.</summary>
internal static class TimeText
{
    /// <summary>Formats a time in UTC with a precision of seconds; null for null.</summary>
    public static string? Format(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
