using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Splits a shell command line into words (POSIX XCU 2.2 Quoting, 2.3 Token Recognition).</summary>
internal static class ShellWords
{
    /// <summary>The words without their quotes, and the operators (<c>; | &amp; ( ) ` &lt; &gt;</c>) between them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="comment">The text after the number sign or the slashes of a comment; empty if there is none.</param>
    public static List<ShellWord> Split(string line, out string comment)
    {
        comment = string.Empty;
        var words = new List<ShellWord>();
        var word = new StringBuilder();
        var isOpen = false;
        var at = 0;
        while (at < line.Length)
        {
            var c = line[at];
            if (c is '\'' or '"')
            {
                at = ReadQuoted(line, at, word, ref isOpen);
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
            else if (!isOpen && (c == '#' || IsSlashes(line, at)))
            {
                comment = line[(at + 1)..];
                return words;
            }
            else if (IsOperator(line, at) && !(c == '&' && !isOpen && words is [.., { Text: [.., ':'] }]))
            {
                Close();
                words.Add(ShellWord.Operator(c));
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
                words.Add(new ShellWord(word.ToString()));
                word.Clear();
                isOpen = false;
            }
        }
    }

    /// <summary>
    /// Appends the quoted text and returns the index after the closing quote. A quote without a closing quote on the line
    /// is skipped: it opens or closes a text of several lines, or is an apostrophe. It can only be the last of its kind
    /// in the line, so that the search for closing quotes takes linear time.
    /// </summary>
    private static int ReadQuoted(string line, int at, StringBuilder word, ref bool isOpen)
    {
        var quote = line[at++];
        var length = word.Length;
        for (var i = at; i < line.Length; i++)
        {
            if (line[i] == quote)
            {
                isOpen = true;
                return i + 1;
            }

            if (quote == '"' && line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`')
            {
                i++;
            }

            word.Append(line[i]);
        }

        word.Length = length;
        return at;
    }

    /// <summary>
    /// Whether the character is an operator: only next to a blank. Inside a word it is usually text that
    /// does not reach a shell: the query of a URL, the list in <c>-Dhttp.nonProxyHosts=a|b</c>.
    /// <see cref="WordEntryReader"/> reads such words.
    /// </summary>
    private static bool IsOperator(string line, int at) =>
        ShellWord.IsOperatorCharacter(line[at])
        && !(line[at] == '>' && at > 0 && line[at - 1] is '=' or '-')
        && (at == 0 || at + 1 == line.Length || IsBlankOrSame(line[at - 1], line[at]) || IsBlankOrSame(line[at + 1], line[at]));

    private static bool IsBlankOrSame(char neighbour, char c) => neighbour is ' ' or '\t' || neighbour == c;

    /// <summary>Whether a comment of most other languages begins here. A path has no blank after its slashes.</summary>
    private static bool IsSlashes(string line, int at) => line.AsSpan(at).StartsWith("// ");
}
