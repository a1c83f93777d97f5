namespace StsWebhook.Core.Admission;

/// <summary>
/// How much an answer may say. The API server cuts warnings that are longer than 4,096 characters together, and
/// stores an audit annotation with every copy of the event, so long lists end with a count of what is left out.
/// </summary>
internal static class Limits
{
    /// <summary>How many findings are worded one by one.</summary>
    public const int MaxFindings = 20;

    private const int MaxWarningCharacters = 4096;
    private const int MaxWarning = 256;
    private const int Reserve = 64;

    /// <summary>Joins findings to a message of one line each.</summary>
    public static string Lines(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        return string.Join('\n', all.Take(MaxFindings).Select(OneLine))
            + (all.Length > MaxFindings ? $"\nand {all.Length - MaxFindings} more" : string.Empty);
    }

    /// <summary>The warnings that fit, each a line without control characters; the last one counts those that do not.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<string> warnings)
    {
        var left = MaxWarningCharacters - Reserve;
        var dropped = 0;
        foreach (var warning in warnings)
        {
            var line = Shortened(OneLine(warning));
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
            yield return $"and {dropped} more warnings, which this answer has no room for";
        }
    }

    private static string Shortened(string line)
    {
        if (line.Length <= MaxWarning)
        {
            return line;
        }

        var length = char.IsHighSurrogate(line[MaxWarning - 2]) ? MaxWarning - 2 : MaxWarning - 1;
        return string.Concat(line.AsSpan(0, length), "…");
    }

    /// <summary>
    /// Names in a finding come from whoever wrote the object. A warning becomes an HTTP header, and the API server
    /// drops one that has a control character of any sort (k8s.io/apimachinery/pkg/util/net NewWarningHeader).
    /// </summary>
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
