using System.Buffers;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Finds STS hosts that contain a region: <c>sts.us-east-2.amazonaws.com</c>, its FIPS and dual-stack forms, the names of
/// a VPC endpoint (docs.aws.amazon.com/general/latest/gr/sts.html, .../vpc/latest/privatelink), and the names under
/// which a region serves calls of the global endpoint.
/// </summary>
internal static class RegionalHost
{
    /// <summary>
    /// The prefix of the names under which a region serves calls of the global endpoint itself:
    /// <c>sts-global.us-east-2.amazonaws.com</c>. They are not documented; an event of CloudTrail contains one
    /// (docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html).
    /// </summary>
    public const string GlobalPrefix = Service + Global;

    private const string Service = "sts";

    /// <summary>Vectorised, unlike an ordinal search that ignores case in a program without ICU.</summary>
    private static readonly SearchValues<string> Services = SearchValues.Create([Service], StringComparison.OrdinalIgnoreCase);

    private const string VpcEndpoint = "vpce";

    private const string Global = "-global.";

    private const string Fips = "-fips.";

    /// <summary>The longest label of a host name (RFC 1035, 2.3.4).</summary>
    private const int MaxLabel = 63;

    /// <summary>
    /// Whether the text contains <c>sts.</c>, <c>sts-fips.</c> or <c>sts-global.</c> where a name can begin, as few texts do.
    /// </summary>
    public static bool MightContain(ReadOnlySpan<char> text)
    {
        for (var from = 0; Next(text, from) is { End: > 0 } name; from = name.End)
        {
            if (name.Start == 0 || !HostReference.IsNameCharacter(text[name.Start - 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a normalised text mentions a name under which a region serves calls of the global endpoint.</summary>
    public static bool MentionsGlobal(ReadOnlySpan<char> text)
    {
        for (var from = 0; Next(text, from) is { End: > 0 } name; from = name.End)
        {
            if (name.IsGlobal && EndOf(text, name, out _) is var end and > 0
                && HostReference.Classify(text, name.Start, end) != HostMention.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The strongest mention of a host of another region in the partition of <paramref name="region"/>.</summary>
    public static HostMention FindOther(ReadOnlySpan<char> text, string region)
    {
        var strongest = HostMention.None;
        for (var from = 0; Next(text, from) is { End: > 0 } name; from = name.End)
        {
            if (!name.IsGlobal
                && EndOf(text, name, out var hostRegion) is var end and > 0
                && Partitions.AreDifferentRegionsOfOnePartition(hostRegion, region)
                && HostReference.Classify(text, StartOf(text, name.Start), end) is var mention
                && mention > strongest)
            {
                strongest = mention;
            }
        }

        return strongest;
    }

    /// <summary>The next beginning of such a host at or after <paramref name="from"/>; its end is 0 if there is none.</summary>
    private static Beginning Next(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && text[from..].IndexOfAny(Services) is var offset and >= 0)
        {
            var start = from + offset;
            from = start + Service.Length;
            var rest = text[from..];
            var length = rest is ['.', ..] ? 1
                : rest.StartsWith(Fips, StringComparison.OrdinalIgnoreCase) ? Fips.Length
                : rest.StartsWith(Global, StringComparison.OrdinalIgnoreCase) ? Global.Length
                : 0;
            if (length > 0)
            {
                return new Beginning(start, from + length, IsGlobal: length == Global.Length);
            }
        }

        return default;
    }

    /// <summary>
    /// The end of the host whose region begins at the end of <paramref name="name"/>; 0 if there is no such host.
    /// </summary>
    private static int EndOf(ReadOnlySpan<char> text, Beginning name, out string region)
    {
        region = string.Empty;
        var rest = text[name.End..];
        var label = rest[..Math.Min(rest.Length, MaxLabel + 1)].IndexOf('.');
        if (label <= 0 || !char.IsAsciiDigit(rest[label - 1]))
        {
            return 0;
        }

        var candidate = rest[..label].ToString().ToLowerInvariant();
        if (Partitions.Find(candidate) is not { } partition)
        {
            return 0;
        }

        region = candidate;
        var suffix = rest[(label + 1)..];
        var start = name.End + label + 1;
        return HasPrefix(suffix, partition.DnsSuffix) ? start + partition.DnsSuffix.Length
            : name.IsGlobal ? 0
            : HasPrefix(suffix, partition.DualStackDnsSuffix) ? start + partition.DualStackDnsSuffix.Length
            : HasPrefix(suffix, $"{VpcEndpoint}.{partition.DnsSuffix}")
            ? start + VpcEndpoint.Length + 1 + partition.DnsSuffix.Length
            : 0;
    }

    /// <summary>
    /// The start of the host. A VPC endpoint has a label before the name of the service:
    /// <c>vpce-0123-abcd.sts.us-east-2.vpce.…</c>
    /// </summary>
    private static int StartOf(ReadOnlySpan<char> text, int start)
    {
        if (start == 0 || text[start - 1] != '.')
        {
            return start;
        }

        var at = start - 1;
        while (at > 0 && start - at <= MaxLabel && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] == '-'))
        {
            at--;
        }

        return text[at..].StartsWith(VpcEndpoint, StringComparison.OrdinalIgnoreCase) ? at : start;
    }

    private static bool HasPrefix(ReadOnlySpan<char> text, string suffix) =>
        text.StartsWith(suffix, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Beginning(int Start, int End, bool IsGlobal);
}
