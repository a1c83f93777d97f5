namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The schemes after which a URL parser takes any number of slashes and backslashes for two slashes
/// (url.spec.whatwg.org/#special-scheme).
/// </summary>
internal static class SpecialScheme
{
    private static readonly string[] Names = ["https", "http", "wss", "ws", "ftp"];

    /// <summary>
    /// The length of the scheme and colon that <paramref name="text"/> begins with; 0 if it begins with no such scheme.
    /// </summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        foreach (var name in Names)
        {
            if (text.Length > name.Length
                && text[name.Length] == ':' && text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return name.Length + 1;
            }
        }

        return 0;
    }

    /// <summary>
    /// The start of the scheme and colon that <paramref name="text"/> ends with; -1 if it ends with no such scheme.
    /// </summary>
    public static int StartOf(ReadOnlySpan<char> text)
    {
        if (text is not [.. var before, ':'])
        {
            return -1;
        }

        foreach (var name in Names)
        {
            var start = before.Length - name.Length;
            if (before.EndsWith(name, StringComparison.OrdinalIgnoreCase)
                && (start == 0 || !IsSchemeCharacter(before[start - 1])))
            {
                return start;
            }
        }

        return -1;
    }

    private static bool IsSchemeCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.';
}
