using System.Globalization;

namespace StsWebhook.CloudTrail;

/// <summary>Reads from when on calls count.</summary>
internal static class Since
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a date (2025-07-31), a time (2025-07-31T12:00:00Z), or an age (90m, 24h, 7d)";

    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"];

    /// <summary>Reads a date, a time or an age. What names no zone is UTC, as all of CloudTrail.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The time that ages are counted back from.</param>
    /// <param name="since">The time.</param>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset since)
    {
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
        {
            return true;
        }

        var minutes = text is [.., var unit] ? unit switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 } : 0;
        if (minutes == 0
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || TimeSpan.FromMinutes((double)number * minutes) is var age && age > now - DateTimeOffset.MinValue)
        {
            return false;
        }

        since = now - age;
        return true;
    }
}
