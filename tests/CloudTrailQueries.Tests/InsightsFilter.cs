using System.Text.RegularExpressions;

namespace StsWebhook.CloudTrailQueries.Tests;

/// <summary>
/// Converts the filter of a CloudWatch Logs Insights query to an SQL condition on the event's JSON: fields become paths, strings
/// get other quotes, and <c>like /…/</c> becomes a function. The operators are the same.
/// </summary>
internal static partial class InsightsFilter
{
    private const int Timeout = 1000;

    /// <summary>Converts the filter of a query, which is its first command.</summary>
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
