namespace StsWebhook.Core.Policy.Text;

/// <summary>Extracts the text that a script of <c>sed</c> writes, as opposed to the patterns it searches for.</summary>
internal static class SedScript
{
    /// <summary>
    /// The replacements of <c>s/pattern/replacement/</c> commands (POSIX sed, Editing Commands). Other commands, such as
    /// delete and print, have none.
    /// </summary>
    public static IEnumerable<string> Replacements(string script)
    {
        for (var at = 0; at + 1 < script.Length; at++)
        {
            if (script[at] != 's' || !IsDelimiter(script[at + 1]) || (at > 0 && char.IsAsciiLetterOrDigit(script[at - 1])))
            {
                continue;
            }

            var delimiter = script[at + 1];
            var pattern = EndOfPart(script, at + 2, delimiter);
            var replacement = EndOfPart(script, pattern + 1, delimiter);
            if (replacement >= script.Length)
            {
                yield break;
            }

            yield return script[(pattern + 1)..replacement];
            at = replacement;
        }
    }

    private static bool IsDelimiter(char c) => !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '\\' or '\n');

    private static int EndOfPart(string script, int at, char delimiter)
    {
        while (at < script.Length && script[at] != delimiter)
        {
            at += script[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, script.Length);
    }
}
