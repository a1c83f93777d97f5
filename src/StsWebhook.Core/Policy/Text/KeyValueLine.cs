namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Splits a line of an INI file, a Java properties file or a YAML document: <c>key = value</c>, <c>key: value</c>.
/// </summary>
/// <example>
/// <para><c>region = us-east-2</c>: the key ends at the blank and the delimiter is spaced, so the key is <c>region</c> and the
/// value is <c>us-east-2</c>.</para>
/// <para><c>oidc.example.com:aud: sts.amazonaws.com</c>: a letter follows the first colon, so that colon belongs to the key.
/// The key is <c>oidc.example.com:aud</c> and the value is <c>sts.amazonaws.com</c>.</para>
/// <para><c>AWS_REGION=us-east-2 aws s3 ls</c>: no blank is next to the delimiter, so the line is not split. A shell reads it
/// as an assignment before a command.</para>
/// </example>
internal static class KeyValueLine
{
    /// <summary>
    /// Splits a line that begins with a key. A line <c>key=value</c> without a blank is not split:
    /// <see cref="WordEntryReader"/> reads it as the assignment of a shell.
    /// </summary>
    /// <param name="line">The line without its indent; not empty.</param>
    /// <param name="key">The key without quotes.</param>
    /// <param name="value">The value with its quotes, without a comma at its end; empty for a key without a value.</param>
    /// <returns>Whether the line begins with a key and a delimiter.</returns>
    public static bool TryRead(string line, out string key, out string value)
    {
        key = value = string.Empty;
        var end = 0;
        var quote = line[0] is '"' or '\'' ? line[0] : '\0';
        if (quote != '\0')
        {
            end = line.IndexOf(quote, 1) + 1;
            if (end == 0)
            {
                return false;
            }
        }
        else
        {
            while (end < line.Length && (IsKeyCharacter(line[end]) || IsColonWithin(line, end)))
            {
                end++;
            }
        }

        var at = end;
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }

        if (end == 0 || at == line.Length || line[at] is not ('=' or ':') || IsComparison(line, at))
        {
            return false;
        }

        var isSpaced = at > end || at + 1 == line.Length || line[at + 1] is ' ' or '\t' || quote != '\0' || IsArrow(line, at);
        if (!isSpaced || (line[at] == ':' && at > end && quote == '\0'))
        {
            return false;
        }

        key = line[..end].Trim('"', '\'');
        value = line[(IsArrow(line, at) ? at + 2 : at + 1)..].Trim().TrimEnd(',');
        return true;
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/';

    /// <summary>
    /// Whether a colon is part of the key since a letter follows, as in the condition key <c>oidc.example.com:aud: …</c> of a
    /// trust policy.
    /// </summary>
    private static bool IsColonWithin(string line, int at) =>
        line[at] == ':' && at > 0 && at + 1 < line.Length && char.IsAsciiLetter(line[at + 1]);

    /// <summary>Whether the delimiter is <c>==</c> or <c>=~</c>, which compare. <see cref="KeyContext"/> reads them.</summary>
    private static bool IsComparison(string line, int at) =>
        line[at] == '=' && at + 1 < line.Length && line[at + 1] is '=' or '~';

    /// <summary>Whether the delimiter is the arrow of Puppet, PHP and Ruby: <c>key => value</c>.</summary>
    private static bool IsArrow(string line, int at) => line[at] == '=' && at + 1 < line.Length && line[at + 1] == '>';
}
