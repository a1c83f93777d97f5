using System.Buffers;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Finds the STS hosts that name their region: <c>sts.us-east-2.amazonaws.com</c>, its FIPS and dual-stack forms, the
/// names of a VPC endpoint (docs.aws.amazon.com/general/latest/gr/sts.html, .../vpc/latest/privatelink), and those
/// under which a region serves calls of the global endpoint.
/// </summary>
internal static class RegionalHost
{
    private const string Service = "sts";

    /// <summary>Searches many characters at once, which ordinal searches that ignore case do not without ICU.</summary>
    private static readonly SearchValues<string> Services = SearchValues.Create([Service], StringComparison.OrdinalIgnoreCase);

    private const string VpcEndpoint = "vpce";

    /// <summary>
    /// How the names begin under which a region serves calls of the global endpoint itself:
    /// <c>sts-global.us-east-2.amazonaws.com</c>. Nothing documents them but an event of CloudTrail that has one
    /// (docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html).
    /// </summary>
    private const string Local = "-global.";

    private const string Fips = "-fips.";

    /// <summary>The longest label of a host name (RFC 1035, 2.3.4).</summary>
    private const int MaxLabel = 63;

    /// <summary>Whether the text is worth a search: nearly none has <c>sts.</c> or <c>sts-</c> where a name can begin.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text)
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

    /// <summary>Whether a normalised text has a name under which a region serves calls of the global endpoint.</summary>
    public static bool IsLocalIn(ReadOnlySpan<char> text)
    {
        for (var from = 0; Next(text, from) is { End: > 0 } name; from = name.End)
        {
            if (name.IsLocal && EndOf(text, name, out _) is var end and > 0 && HostReference.UseOf(text, name.Start, end) != HostMention.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The strongest use of a host of another region of the partition than <paramref name="region"/>.</summary>
    public static HostMention FindOther(ReadOnlySpan<char> text, string region)
    {
        var strongest = HostMention.None;
        for (var from = 0; Next(text, from) is { End: > 0 } name; from = name.End)
        {
            if (!name.IsLocal
                && EndOf(text, name, out var its) is var end and > 0
                && Partitions.AreDifferentRegionsOfOnePartition(its, region)
                && HostReference.UseOf(text, StartOf(text, name.Start), end) is var use
                && use > strongest)
            {
                strongest = use;
            }
        }

        return strongest;
    }

    /// <summary>The next place that begins as such a host does; nowhere, if its end is 0.</summary>
    private static Beginning Next(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && text[from..].IndexOfAny(Services) is var offset and >= 0)
        {
            var start = from + offset;
            from = start + Service.Length;
            var rest = text[from..];
            var length = rest is ['.', ..] ? 1
                : rest.StartsWith(Fips, StringComparison.OrdinalIgnoreCase) ? Fips.Length
                : rest.StartsWith(Local, StringComparison.OrdinalIgnoreCase) ? Local.Length
                : 0;
            if (length > 0)
            {
                return new Beginning(start, from + length, IsLocal: length == Local.Length);
            }
        }

        return default;
    }

    /// <summary>Where the host ends whose region begins at the end of <paramref name="name"/>; 0 where it is no such host.</summary>
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
        return Begins(suffix, partition.DnsSuffix) ? start + partition.DnsSuffix.Length
            : name.IsLocal ? 0
            : Begins(suffix, partition.DualStackDnsSuffix) ? start + partition.DualStackDnsSuffix.Length
            : Begins(suffix, $"{VpcEndpoint}.{partition.DnsSuffix}") ? start + VpcEndpoint.Length + 1 + partition.DnsSuffix.Length
            : 0;
    }

    /// <summary>A VPC endpoint puts a label of its own before the service's name: <c>vpce-0123-abcd.sts.us-east-2.vpce.…</c></summary>
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

    private static bool Begins(ReadOnlySpan<char> text, string suffix) =>
        text.StartsWith(suffix, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Beginning(int Start, int End, bool IsLocal);
}
