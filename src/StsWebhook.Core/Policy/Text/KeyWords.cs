namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Splits keys into words in lower case, so that <c>AWS_STS_ENDPOINT</c>, <c>--sts-endpoint</c>, <c>aws.stsEndpoint</c>
/// and <c>-Daws.endpointUrlSts</c> can be compared by their words.
/// </summary>
internal static class KeyWords
{
    private const string JvmProperty = "-D";
    private const string PowerShellVariable = "$env:";

    /// <summary>
    /// The longest key that is split, in characters. Of a longer text only the end is used, so that the cost of a key is
    /// limited for each of its values.
    /// </summary>
    private const int MaxLength = 256;

    /// <summary>Whether <paramref name="word"/> is an environment variable in PowerShell: <c>$env:NAME</c>.</summary>
    public static bool IsPowerShellVariable(string word) =>
        word.StartsWith(PowerShellVariable, StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits a key at each character that is not a letter or digit, and where a capital begins a new word.</summary>
    public static List<string> Split(string key)
    {
        var text = key.StartsWith(JvmProperty, StringComparison.Ordinal) ? key.AsSpan(JvmProperty.Length)
            : IsPowerShellVariable(key) ? key.AsSpan(PowerShellVariable.Length)
            : key.AsSpan();
        text = text[Math.Max(0, text.Length - MaxLength)..];
        var words = new List<string>();
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            var isEnd = at == text.Length || !char.IsAsciiLetterOrDigit(text[at]);
            if (isEnd || (at > start && BeginsWord(text, at)))
            {
                if (at > start)
                {
                    words.Add(text[start..at].ToString().ToLowerInvariant());
                }

                start = isEnd ? at + 1 : at;
            }
        }

        return words;
    }

    /// <summary>
    /// Whether a capital begins a word: after a small letter (<c>stsEndpoint</c>), or as the last of several capitals before
    /// a small letter (<c>STSEndpoint</c>), unless that letter is the plural of an abbreviation (<c>clientIDs</c>).
    /// </summary>
    private static bool BeginsWord(ReadOnlySpan<char> text, int at) =>
        char.IsAsciiLetterUpper(text[at])
        && (!char.IsAsciiLetterUpper(text[at - 1])
            || (at + 1 < text.Length && char.IsAsciiLetterLower(text[at + 1]) && !IsPlural(text[(at + 1)..])));

    private static bool IsPlural(ReadOnlySpan<char> rest) =>
        rest[0] == 's' && (rest.Length == 1 || !char.IsAsciiLetterLower(rest[1]));
}
