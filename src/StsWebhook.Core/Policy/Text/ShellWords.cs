using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Splits a line of shell into words, as POSIX does it (XCU 2.2 Quoting, 2.3 Token Recognition).</summary>
internal static class ShellWords
{
    /// <summary>
    /// The words without their quotes. A null stands where one command ends (<c>; | &amp; ( ) ` &lt; &gt;</c>) or a comment
    /// begins: what follows is no argument of what came before.
    /// </summary>
    public static List<string?> Split(string line)
    {
        var words = new List<string?>();
        var word = new StringBuilder();
        var isOpen = false;
        var at = 0;
        while (at < line.Length)
        {
            var c = line[at];
            if (c is '\'' or '"')
            {
                at = ReadQuoted(line, at, word);
                isOpen = true;
                continue;
            }

            if (c == '\\' && at + 1 < line.Length)
            {
                word.Append(line[at + 1]);
                isOpen = true;
                at += 2;
                continue;
            }

            if (c is ' ' or '\t')
            {
                Close();
            }
            else if (c == '#' && !isOpen)
            {
                words.Add(null);
            }
            else if (IsOperator(line, at))
            {
                Close();
                words.Add(null);
            }
            else
            {
                word.Append(c);
                isOpen = true;
            }

            at++;
        }

        Close();
        return words;

        void Close()
        {
            if (isOpen)
            {
                words.Add(word.ToString());
                word.Clear();
                isOpen = false;
            }
        }
    }

    /// <summary>Appends what the quotes hold and returns the place behind them; a quote left open ends with the line.</summary>
    private static int ReadQuoted(string line, int at, StringBuilder word)
    {
        var quote = line[at++];
        while (at < line.Length && line[at] != quote)
        {
            if (quote == '"' && line[at] == '\\' && at + 1 < line.Length && line[at + 1] is '"' or '\\' or '$' or '`')
            {
                at++;
            }

            word.Append(line[at++]);
        }

        return at + 1;
    }

    /// <summary>
    /// An operator counts only beside a blank. Within a word it is more often text that no shell sees: the query of
    /// a URL, the list in <c>-Dhttp.nonProxyHosts=a|b</c>. <see cref="WordSettings"/> reads on there.
    /// </summary>
    private static bool IsOperator(string line, int at) =>
        line[at] is ';' or '|' or '&' or '(' or ')' or '`' or '<' or '>'
        && (at == 0 || at + 1 == line.Length || IsBlankOrSame(line[at - 1], line[at]) || IsBlankOrSame(line[at + 1], line[at]));

    private static bool IsBlankOrSame(char neighbour, char sign) => neighbour is ' ' or '\t' || neighbour == sign;
}
