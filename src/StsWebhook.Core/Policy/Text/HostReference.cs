using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Tells whether a name that was found in a text is a host there: no part of a longer name, no segment of a path.
/// </summary>
internal static class HostReference
{
    private static readonly SearchValues<char> EndOfUserInfo = SearchValues.Create("/?# \t\r\n,\"'");

    /// <summary>No user name and password of a URL are longer; a bound keeps the search linear.</summary>
    private const int MaxUserInfo = 256;

    /// <summary>How <paramref name="text"/> uses the name from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static HostMention UseOf(ReadOnlySpan<char> text, int start, int end) =>
        EndsAt(text[end..]) ? UseAfter(text[..start]) : HostMention.None;

    /// <summary>Whether a character can be part of a name, so that what stands beside it is not the whole name.</summary>
    public static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    /// <summary>
    /// Whether the name ends here: a dot behind it may only be the root's, a reference may add anything, and before
    /// an at sign the name and what follows it are a user and a password. Two braces begin a template's action, which
    /// far more often is an <c>end</c> or an <c>else</c> than the rest of a name.
    /// </summary>
    private static bool EndsAt(ReadOnlySpan<char> rest)
    {
        if (rest is ['.', ..])
        {
            rest = rest[1..];
        }

        return rest.IsEmpty
            || rest.StartsWith("{{")
            || (rest[0] == ':' ? !EndsInAtSign(rest) : !(IsNameCharacter(rest[0]) || rest[0] is '$' or '{' or '@' or '.'));
    }

    private static bool EndsInAtSign(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, MaxUserInfo)];
        var end = rest.IndexOfAny(EndOfUserInfo);
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }

    private static HostMention UseAfter(ReadOnlySpan<char> before)
    {
        if (before.IsEmpty)
        {
            return HostMention.Bare;
        }

        return before[^1] switch
        {
            '/' => before.EndsWith("://") || before is "//" ? HostMention.Url : HostMention.None,
            '@' => HasScheme(before[..^1]) ? HostMention.Url : HostMention.Bare,
            '.' or '}' or ')' => HostMention.None,
            var c => IsNameCharacter(c) ? HostMention.None : HostMention.Bare,
        };
    }

    /// <summary>Whether what stands before the at sign is a URL's user information.</summary>
    private static bool HasScheme(ReadOnlySpan<char> before)
    {
        var start = Math.Max(0, before.Length - MaxUserInfo);
        var separator = before[start..].LastIndexOf("://");
        return separator >= 0 && before[(start + separator + 3)..].IndexOfAny(EndOfUserInfo) < 0;
    }
}
