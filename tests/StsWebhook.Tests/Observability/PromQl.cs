using System.Text.RegularExpressions;

namespace StsWebhook.Tests.Observability;

/// <summary>Reads what the tests ask about an expression; whether it is one at all, Prometheus says.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "and", "or", "unless", "offset", "bool" };

    /// <summary>The metrics that an expression names.</summary>
    public static IEnumerable<string> Metrics(string expression)
    {
        var bare = Elsewhere().Replace(expression, " ");
        return Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Texts, ranges, offsets, and lists of labels: names in there are no metrics.</summary>
    [GeneratedRegex("""\{[^}]*\}|"[^"]*"|\[[^\]]*\]|\boffset\s+\w+|\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""(?<![\w.$])[a-zA-Z_][\w:]*\b(?!\s*\()""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
