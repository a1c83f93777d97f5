using System.Text;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Limits the texts of an answer. The API server truncates warnings after 4,096 characters in total. Audit annotations have the
/// limit of the API server's own policies, 10 KiB (k8s.io/apiserver, policy/validating, maxAuditAnnotationValueLength): audit
/// logs truncate longer events. Long lists end with the number of omitted items.
/// </summary>
internal static class ResponseLimits
{
    /// <summary>The number of findings that are listed one by one.</summary>
    public const int MaxFindings = 20;

    /// <summary>The longest audit annotation, in bytes.</summary>
    public const int MaxAnnotation = 10 * 1024;

    private const int MaxWarningCharacters = 4096;
    private const int MaxLine = 256;
    private const int Reserve = 64;

    /// <summary>Joins findings to a message with one line for each.</summary>
    public static string Lines(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        return string.Join('\n', all.Take(MaxFindings).Select(OneLine))
            + (all.Length > MaxFindings ? $"\nand {all.Length - MaxFindings} more" : string.Empty);
    }

    /// <summary>Joins items with commas to the value of an audit annotation.</summary>
    public static string List(IReadOnlyList<string> items)
    {
        var left = MaxAnnotation - Reserve;
        var fits = 0;
        while (fits < Math.Min(items.Count, MaxFindings) && (left -= Encoding.UTF8.GetByteCount(items[fits]) + 1) >= 0)
        {
            fits++;
        }

        return fits == items.Count
            ? string.Join(',', items)
            : string.Join(',', items.Take(fits).Append($"and {items.Count - fits} more"));
    }

    /// <summary>
    /// Removes control characters and truncates the text to 256 characters: names of the object may contain anything.
    /// </summary>
    public static string Line(string text) => Shortened(OneLine(text));

    /// <summary>The warnings that fit, each a line without control characters; the last one states how many do not fit.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<string> warnings)
    {
        var left = MaxWarningCharacters - Reserve;
        var dropped = 0;
        foreach (var warning in warnings)
        {
            var line = Line(warning);
            if (dropped > 0 || line.Length > left)
            {
                dropped++;
                continue;
            }

            left -= line.Length;
            yield return line;
        }

        if (dropped > 0)
        {
            yield return $"and {dropped} more warnings, omitted because of the API server's limit";
        }
    }

    private static string Shortened(string line)
    {
        if (line.Length <= MaxLine)
        {
            return line;
        }

        var length = char.IsHighSurrogate(line[MaxLine - 2]) ? MaxLine - 2 : MaxLine - 1;
        return string.Concat(line.AsSpan(0, length), "…");
    }

    /// <summary>
    /// Names in a finding come from the author of the object. A warning becomes an HTTP header, and the API server drops
    /// warnings with control characters (k8s.io/apimachinery/pkg/util/net NewWarningHeader).
    /// </summary>
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
