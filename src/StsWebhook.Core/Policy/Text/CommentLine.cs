namespace StsWebhook.Core.Policy.Text;

/// <summary>Tells lines that are comments in the languages that configuration and programs are written in.</summary>
internal static class CommentLine
{
    private static readonly string[] Signs =
        [";", "// ", "///", "/*", "--[", "-- ", "::", "REM ", "@REM ", "<!--", "{#", "{{/*", "{{- /*", "<%#", "\"\"\""];

    /// <summary>Whether a line, without its indent, is a comment or within one.</summary>
    public static bool Is(string line)
    {
        foreach (var sign in Signs)
        {
            if (line.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return IsWithinBlock(line) || IsOfProperties(line) || IsCode(line);
    }

    /// <summary>Whether a comment of several lines is open behind a line.</summary>
    public static bool IsOpenAfter(string line, bool isOpenBefore) =>
        isOpenBefore || line.StartsWith("/*", StringComparison.Ordinal) ? !line.Contains("*/", StringComparison.Ordinal) : isOpenBefore;

    /// <summary>Every line of a block comment begins with an asterisk; so does one of cron, with more than one.</summary>
    private static bool IsWithinBlock(string line) => line is ['*', ' ', not ('*' or (>= '0' and <= '9')), ..];

    /// <summary>Java properties have <c>!</c> for it, which to a shell negates a command.</summary>
    private static bool IsOfProperties(string line) =>
        line is ['!', _, ..]
        && line[1..].TrimStart() is { Length: > 0 } rest
        && (KeyValueLine.TryRead(rest, out _, out _) || (rest.Contains('=', StringComparison.Ordinal) && !rest.Contains(' ', StringComparison.Ordinal)));

    /// <summary><c>//endpoint = …</c> is code that was taken out; <c>//host/path</c> a URL without its scheme.</summary>
    private static bool IsCode(string line) =>
        line.StartsWith("//", StringComparison.Ordinal) && line.AsSpan().IndexOfAny(" =") >= 0;
}
