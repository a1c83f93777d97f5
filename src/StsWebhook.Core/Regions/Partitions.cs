using System.Text.Json;
using System.Text.RegularExpressions;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Regions;

/// <summary>
/// The AWS partitions and the pattern of their region names, from the table that the AWS SDKs share
/// (<c>partitions.json</c> of botocore, embedded from the file beside this one).
/// </summary>
public static class Partitions
{
    /// <summary>Longer values are not region names and are not matched (a DNS label has at most 63 characters).</summary>
    private const int MaxRegionLength = 63;

    private static readonly Entry[] Table = Load();

    /// <summary>The commercial partition <c>aws</c>, used if the region is not known.</summary>
    public static Partition Default => Table[0].Partition;

    /// <summary>
    /// Finds the partition whose pattern matches <paramref name="region"/>; null if no pattern matches. Pseudo regions
    /// such as <c>aws-global</c> match no pattern, because no node runs there.
    /// </summary>
    public static Partition? Find(string region)
    {
        if (region.Length is 0 or > MaxRegionLength)
        {
            return null;
        }

        foreach (var entry in Table)
        {
            // Check only the first match. "$" also matches before a trailing line feed, so compare the length too.
            foreach (var match in entry.Pattern.EnumerateMatches(region))
            {
                if (match.Length == region.Length)
                {
                    return entry.Partition;
                }

                break;
            }
        }

        return null;
    }

    /// <summary>Whether <paramref name="region"/> matches the region pattern of a partition.</summary>
    public static bool IsRegion(string region) => Find(region) is not null;

    /// <summary>
    /// Whether two names are different regions of the same partition. Partitions have separate accounts and credentials,
    /// so a call into another partition is intended and cannot be moved to the pod's region.
    /// </summary>
    public static bool AreDifferentRegionsOfOnePartition(string one, string other) =>
        one != other && Find(one) is { } partition && partition == Find(other);

    /// <summary>
    /// Whether the table lists <paramref name="region"/> by name. The set is bounded, as metric labels require.
    /// </summary>
    public static bool IsListed(string region) => Array.Exists(Table, entry => entry.Regions.Contains(region));

    private static Entry[] Load()
    {
        using var stream = typeof(Partitions).Assembly.GetManifestResourceStream("partitions.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("partitions").EnumerateArray().Select(Read)];
    }

    private static Entry Read(JsonElement json) => new(
        new Partition(
            json.GetProperty("id").GetString()!,
            json.GetProperty("outputs").GetProperty("dnsSuffix").GetString()!,
            json.GetProperty("outputs").GetProperty("dualStackDnsSuffix").GetString()!),
        new Regex(
            json.GetProperty("regionRegex").GetString()!,
            RegexOptions.ECMAScript,
            Regex.InfiniteMatchTimeout),
        json.Member("regions"u8).EnumerateObject().Select(r => r.Name).ToHashSet(StringComparer.Ordinal));

    private sealed record Entry(Partition Partition, Regex Pattern, HashSet<string> Regions);
}
