using System.Globalization;

namespace StsWebhook.CloudTrail.Output;

/// <summary>Times as CloudTrail writes them.</summary>
internal static class TimeText
{
    /// <summary>The time in UTC, to the second; null for none.</summary>
    public static string? Format(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
