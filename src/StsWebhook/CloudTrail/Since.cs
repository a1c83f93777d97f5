using System.Globalization;

namespace StsWebhook.CloudTrail;

/// <summary>Parses the value of <c>--since</c>: the time from which calls are counted.</summary>
internal static class Since
{
    /// <summary>The allowed forms, for messages.</summary>
    public const string Allowed = "a date (2025-07-31), a time (2025-07-31T12:00:00Z), or an age (90m, 24h, 7d)";

    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"];

    /// <summary>Parses a date, a time or an age. A time without a zone is UTC, as in CloudTrail.</summary>
    /// <param name="text">The value of the option.</param>
    /// <param name="now">The time from which an age is subtracted.</param>
    /// <param name="since">The parsed time.</param>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset since)
    {
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
        {
            return true;
        }

        var minutesPerUnit = text is [.., var unit] ? unit switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 } : 0;
        if (minutesPerUnit == 0
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var age = TimeSpan.FromMinutes((double)number * minutesPerUnit);
        if (age > now - DateTimeOffset.MinValue)
        {
            return false;
        }

        since = now - age;
        return true;
    }
}
