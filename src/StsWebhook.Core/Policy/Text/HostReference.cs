using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Determines whether a name in a text is a host there, and not a part of a longer name or a segment of a path.
/// </summary>
internal static class HostReference
{
    /// <summary>
    /// Ends the user information of a URL. A backslash does so only for clients that follow WHATWG, as Node.js does. For others,
    /// as Python, it is part of the user information. A host that either of them calls is called.
    /// </summary>
    private static readonly SearchValues<char> EndOfUserInfo = SearchValues.Create("/?# \t\r\n,\"'");

    private static readonly SearchValues<char> EndOfUserInfoOrBackslash = SearchValues.Create("/?# \t\r\n,\"'\\");

    /// <summary>The longest user information of a URL, in characters. The limit keeps the search linear.</summary>
    private const int MaxUserInfo = 256;

    /// <summary>How <paramref name="text"/> mentions the name from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public static HostMention Classify(ReadOnlySpan<char> text, int start, int end) =>
        EndsAt(text[end..]) ? ClassifyAfter(text[..start]) : HostMention.None;

    /// <summary>Whether a character can be part of a host name, so that a name next to it is incomplete.</summary>
    public static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    /// <summary>
    /// Whether the name ends before <paramref name="rest"/>. A dot after the name may only be the dot of the DNS root, a
    /// reference may add anything, and before an at sign the name is a user name. Two braces begin an action of a template,
    /// which is far more often an <c>end</c> or an <c>else</c> than the rest of a name.
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
        var end = rest.IndexOfAny(EndOfUserInfoOrBackslash);
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }

    private static HostMention ClassifyAfter(ReadOnlySpan<char> before)
    {
        if (before.IsEmpty)
        {
            return HostMention.Bare;
        }

        return before[^1] switch
        {
            '/' => IsSchemeWithSlashes(before) || before is "//" ? HostMention.Url : HostMention.None,
            '\\' when IsSchemeWithSlashes(before) => HostMention.Url,
            '@' => HasScheme(before[..^1]) ? HostMention.Url : HostMention.Bare,
            '.' or '}' or ')' => HostMention.None,
            var c => IsNameCharacter(c) ? HostMention.None : HostMention.Bare,
        };
    }

    /// <summary>Whether the text before an at sign is the user information of a URL.</summary>
    private static bool HasScheme(ReadOnlySpan<char> before)
    {
        before = before[Math.Max(0, before.Length - MaxUserInfo)..];
        return IsSchemeWithSlashes(before[..(before.LastIndexOfAny(EndOfUserInfo) + 1)])
            || IsSchemeWithSlashes(before[..(before.LastIndexOfAny(EndOfUserInfoOrBackslash) + 1)]);
    }

    /// <summary>
    /// Whether the host of a URL follows <paramref name="before"/>: after <c>://</c>, or after a special scheme and any number
    /// of slashes and backslashes.
    /// </summary>
    private static bool IsSchemeWithSlashes(ReadOnlySpan<char> before)
    {
        if (before.EndsWith("://"))
        {
            return true;
        }

        var scheme = before.TrimEnd("/\\");
        return scheme.Length < before.Length && SpecialScheme.StartOf(scheme) >= 0;
    }
}
