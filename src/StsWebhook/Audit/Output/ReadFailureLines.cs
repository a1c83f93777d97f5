using StsWebhook.Output;
using StsWebhook.Text;

namespace StsWebhook.Audit.Output;

/// <summary>Formats failures as one line per reason instead of one per namespace.</summary>
internal static class ReadFailureLines
{
    private const int MaxNames = 5;

    /// <summary>Formats the lines. Names are sanitized.</summary>
    public static IEnumerable<string> Format(IReadOnlyList<ReadFailure> unread) => unread
        .GroupBy(u => (u.Resource, u.Message))
        .Select(group => LogText.Sanitize(
            $"unread: {group.Key.Resource}{In([.. group.Select(u => u.Namespace).OfType<string>()])}: {group.Key.Message}"));

    private static string In(string[] namespaces) => namespaces.Length switch
    {
        0 => string.Empty,
        1 => $" in {namespaces[0]}",
        _ => $" in {CountText.Format(namespaces.Length, "namespace")} "
            + $"({string.Join(", ", namespaces.Take(MaxNames))}{(namespaces.Length > MaxNames ? ", …" : string.Empty)})",
    };
}
