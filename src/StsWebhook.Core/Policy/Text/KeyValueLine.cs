namespace StsWebhook.Core.Policy.Text;

/// <summary>A line of an INI file, a Java properties file or a YAML document: <c>key = value</c>, <c>key: value</c>.</summary>
internal static class KeyValueLine
{
    /// <summary>
    /// Splits a line at its key. <c>key=value</c> without a space is left alone: a shell reads it as an assignment,
    /// and so does <see cref="WordEntryReader"/>.
    /// </summary>
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

        var sign = end;
        while (sign < line.Length && line[sign] is ' ' or '\t')
        {
            sign++;
        }

        if (end == 0 || sign == line.Length || line[sign] is not ('=' or ':') || IsLongerSign(line, sign))
        {
            return false;
        }

        var isSpaced = sign > end || sign + 1 == line.Length || line[sign + 1] is ' ' or '\t' || quote != '\0' || IsArrow(line, sign);
        if (!isSpaced || (line[sign] == ':' && sign > end && quote == '\0'))
        {
            return false;
        }

        key = line[..end].Trim('"', '\'');
        value = line[(IsArrow(line, sign) ? sign + 2 : sign + 1)..].Trim().TrimEnd(',');
        return true;
    }

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/';

    /// <summary>A colon is part of the key unless a blank follows, as in the condition key <c>oidc.example.com:aud: …</c> of a trust policy.</summary>
    private static bool IsColonWithin(string line, int at) =>
        line[at] == ':' && at > 0 && at + 1 < line.Length && char.IsAsciiLetter(line[at + 1]);

    /// <summary><c>==</c> and <c>=~</c> compare: <see cref="KeyContext"/> knows them.</summary>
    private static bool IsLongerSign(string line, int sign) =>
        line[sign] == '=' && sign + 1 < line.Length && line[sign + 1] is '=' or '~';

    /// <summary><c>key => value</c>, as Puppet, PHP and Ruby write it.</summary>
    private static bool IsArrow(string line, int sign) => line[sign] == '=' && sign + 1 < line.Length && line[sign + 1] == '>';
}
