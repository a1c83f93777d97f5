using System.Buffers;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Finds the global STS host in a text, and only it: no longer name that contains it, no segment of a path.</summary>
internal static class GlobalHost
{
    /// <summary>The host of the global endpoint, which is served in us-east-1 (docs.aws.amazon.com/general/latest/gr/sts.html).</summary>
    public const string Name = "sts.amazonaws.com";

    /// <summary>
    /// How the names begin under which a region serves calls of the global endpoint itself:
    /// <c>sts-global.us-east-2.amazonaws.com</c>. CloudTrail shows them; nothing documents them.
    /// </summary>
    public const string LocalPrefix = "sts-global.";

    private const string DnsSuffix = ".amazonaws.com";

    private static readonly SearchValues<char> EndOfUserInfo = SearchValues.Create("/?# \t\r\n,\"'");

    /// <summary>No user name and password of a URL are longer; a bound keeps the search linear.</summary>
    private const int MaxUserInfo = 256;

    /// <summary>The longest label of a host name (RFC 1035, 2.3.4).</summary>
    private const int MaxLabel = 63;

    /// <summary>The strongest use of the host in a normalised text.</summary>
    public static GlobalHostUse FindIn(ReadOnlySpan<char> text)
    {
        var strongest = GlobalHostUse.None;
        var from = 0;
        while (from < text.Length)
        {
            var at = text[from..].IndexOf(Name, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                break;
            }

            at += from;
            from = at + Name.Length;
            if (EndsAt(text[from..]) && UseAfter(text[..at]) is var use && use > strongest)
            {
                strongest = use;
            }
        }

        return strongest;
    }

    /// <summary>Whether the text has a name under which a region serves calls of the global endpoint.</summary>
    public static bool IsLocalIn(ReadOnlySpan<char> text)
    {
        var isWithinName = false;
        while (text.IndexOf(LocalPrefix, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            isWithinName = at == 0 ? isWithinName : IsNameCharacter(text[at - 1]) || text[at - 1] == '.';
            text = text[(at + LocalPrefix.Length)..];
            var end = text.IndexOf('.');
            if (!isWithinName
                && end >= 0
                && text[end..].StartsWith(DnsSuffix, StringComparison.OrdinalIgnoreCase)
                && EndsAt(text[(end + DnsSuffix.Length)..])
                && IsRegion(text[..end]))
            {
                return true;
            }

            isWithinName = true;
        }

        return false;
    }

    private static bool IsRegion(ReadOnlySpan<char> label) =>
        label.Length <= MaxLabel && Partitions.IsRegion(label.ToString().ToLowerInvariant());

    /// <summary>
    /// Whether the name ends here: a dot behind it may only be the root's, a reference may add anything, and before
    /// an at sign the name and what follows it are a user and a password.
    /// </summary>
    private static bool EndsAt(ReadOnlySpan<char> rest)
    {
        if (rest is ['.', ..])
        {
            rest = rest[1..];
        }

        return rest.IsEmpty
            || (rest[0] == ':' ? !EndsInAtSign(rest) : !(IsNameCharacter(rest[0]) || rest[0] is '$' or '{' or '@' or '.'));
    }

    private static bool EndsInAtSign(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, MaxUserInfo)];
        var end = rest.IndexOfAny(EndOfUserInfo);
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }

    private static GlobalHostUse UseAfter(ReadOnlySpan<char> before)
    {
        if (before.IsEmpty)
        {
            return GlobalHostUse.Bare;
        }

        return before[^1] switch
        {
            '/' => before.EndsWith("://") || before is "//" ? GlobalHostUse.Url : GlobalHostUse.None,
            '@' => HasScheme(before[..^1]) ? GlobalHostUse.Url : GlobalHostUse.Bare,
            '.' or '}' or ')' => GlobalHostUse.None,
            var c => IsNameCharacter(c) ? GlobalHostUse.None : GlobalHostUse.Bare,
        };
    }

    /// <summary>Whether what stands before the at sign is a URL's user information.</summary>
    private static bool HasScheme(ReadOnlySpan<char> before)
    {
        var start = Math.Max(0, before.Length - MaxUserInfo);
        var separator = before[start..].LastIndexOf("://");
        return separator >= 0 && before[(start + separator + 3)..].IndexOfAny(EndOfUserInfo) < 0;
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';
}
