namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The words of a key, in lower case: <c>AWS_STS_ENDPOINT</c>, <c>--sts-endpoint</c>, <c>aws.stsEndpoint</c> and
/// <c>-Daws.endpointUrlSts</c> all tell what they are for by their words.
/// </summary>
internal static class KeyWords
{
    private const string JvmProperty = "-D";
    private const string PowerShellVariable = "$env:";

    /// <summary>
    /// No key is longer that a program reads. Of a longer text only the end is looked at, so that a key costs the
    /// same however many values stand under it.
    /// </summary>
    private const int MaxLength = 256;

    /// <summary>Whether <paramref name="word"/> is what PowerShell calls an environment variable.</summary>
    public static bool IsPowerShellVariable(string word) =>
        word.StartsWith(PowerShellVariable, StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits a key at everything that is no letter or digit, and where a capital begins a new word.</summary>
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
    /// A capital behind a small letter (<c>stsEndpoint</c>), or the last of several before one (<c>STSEndpoint</c>),
    /// unless that is the plural of an abbreviation (<c>clientIDs</c>).
    /// </summary>
    private static bool BeginsWord(ReadOnlySpan<char> text, int at) =>
        char.IsAsciiLetterUpper(text[at])
        && (!char.IsAsciiLetterUpper(text[at - 1])
            || (at + 1 < text.Length && char.IsAsciiLetterLower(text[at + 1]) && !IsPlural(text[(at + 1)..])));

    private static bool IsPlural(ReadOnlySpan<char> rest) =>
        rest[0] == 's' && (rest.Length == 1 || !char.IsAsciiLetterLower(rest[1]));
}
