namespace StsWebhook.Core.Policy.Text;

/// <summary>Recognises comment lines in the languages of configuration files and programs.</summary>
internal static class CommentLine
{
    private static readonly string[] Markers =
        [";", "// ", "///", "/*", "--[", "-- ", "::", "REM ", "@REM ", "<!--", "{#", "{{/*", "{{- /*", "<%#", "\"\"\""];

    /// <summary>Whether a line, without its indent, is a comment or part of one.</summary>
    public static bool Is(string line)
    {
        foreach (var marker in Markers)
        {
            if (line.StartsWith(marker, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return IsWithinBlock(line) || IsOfProperties(line) || IsCode(line);
    }

    /// <summary>Whether a block comment continues after a line.</summary>
    public static bool IsOpenAfter(string line, bool isOpenBefore) =>
        isOpenBefore || line.StartsWith("/*", StringComparison.Ordinal)
            ? !line.Contains("*/", StringComparison.Ordinal)
            : isOpenBefore;

    /// <summary>
    /// The lines of a block comment begin with an asterisk. So does a line of a crontab, but a digit or a second asterisk
    /// follows.
    /// </summary>
    private static bool IsWithinBlock(string line) => line is ['*', ' ', not ('*' or (>= '0' and <= '9')), ..];

    /// <summary>Java properties begin a comment with <c>!</c>, which negates a command in a shell.</summary>
    private static bool IsOfProperties(string line) =>
        line is ['!', _, ..]
        && line[1..].TrimStart() is { Length: > 0 } rest
        && (KeyValueLine.TryRead(rest, out _, out _)
        || (rest.Contains('=', StringComparison.Ordinal) && !rest.Contains(' ', StringComparison.Ordinal)));

    /// <summary><c>//endpoint = …</c> is disabled code; <c>//host/path</c> is a URL without its scheme.</summary>
    private static bool IsCode(string line) =>
        line.StartsWith("//", StringComparison.Ordinal) && line.AsSpan().IndexOfAny(" =") >= 0;
}
