using System.Text.RegularExpressions;

namespace CloudTrailQueries.Tests;

/// <summary>
/// The filter of a query of CloudWatch Logs Insights as a condition of SQL on the event's JSON: fields are paths, texts
/// have other quotes, and <c>like /…/</c> is a function. The operators are the same.
/// </summary>
internal static partial class InsightsFilter
{
    private const int Timeout = 1000;

    /// <summary>Translates the filter of a query: all of its first command.</summary>
    public static string ToSql(string query)
    {
        var begin = query.IndexOf("\nfilter ", StringComparison.Ordinal) + "\nfilter ".Length;
        var filter = query[begin..query.IndexOf("\n|", begin, StringComparison.Ordinal)];
        return Like().Replace(Token().Replace(filter, Translate), "regexp_matches(${field}, ${pattern})");
    }

    private static string Translate(Match token) => token.Value switch
    {
        ['"', .. var text, '"'] => $"'{text}'",
        ['/', .. var pattern, '/'] => $"'{pattern}'",
        "and" or "or" or "like" => token.Value,
        var field => $"json_extract_string(event,'$.{field}')",
    };

    [GeneratedRegex("""
        "[^"]*"|/[^/]*/|[A-Za-z][A-Za-z.]*
        """, RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<field>\S+) like (?<pattern>'[^']*')", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Like();
}
