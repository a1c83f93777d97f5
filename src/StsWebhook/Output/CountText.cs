using System.Globalization;

namespace StsWebhook.Output;

/// <summary>Formats a count with its noun.</summary>
internal static class CountText
{
    /// <summary>Returns <c>1 pod</c>, <c>2 pods</c>. The plural is the noun with an <c>s</c>.</summary>
    public static string Format(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
