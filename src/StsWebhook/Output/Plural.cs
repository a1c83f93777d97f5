using System.Globalization;

namespace StsWebhook.Output;

/// <summary>Numbers of things in words.</summary>
internal static class Plural
{
    /// <summary>As <c>1 pod</c>, <c>2 pods</c>.</summary>
    public static string Format(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
