using System.Text.Json;
using System.Text.RegularExpressions;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Regions;

/// <summary>
/// The partitions of AWS and what a region of each is called, from the table that the SDKs share
/// (<c>partitions.json</c> of botocore, beside this file).
/// </summary>
public static class Partitions
{
    /// <summary>No region name is longer; longer values are not even looked at.</summary>
    private const int MaxRegionLength = 63;

    private static readonly Entry[] Table = Load();

    /// <summary>The partition that regions belong to unless something says otherwise.</summary>
    public static Partition Default => Table[0].Partition;

    /// <summary>
    /// The partition whose pattern accepts <paramref name="region"/>, or null where none does. Pseudo regions such
    /// as <c>aws-global</c> are regions of no partition: no node runs in them.
    /// </summary>
    public static Partition? Find(string region)
    {
        if (region.Length is 0 or > MaxRegionLength)
        {
            return null;
        }

        foreach (var entry in Table)
        {
            // The first match alone. "$" also matches before a closing line feed, so the length must be compared as well.
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

    /// <summary>Whether <paramref name="region"/> is named so that some partition could have it.</summary>
    public static bool IsRegion(string region) => Find(region) is not null;

    /// <summary>
    /// Whether two names are different regions of one partition. Another partition is another world of accounts and
    /// credentials: who calls there cannot be told to stay in the region.
    /// </summary>
    public static bool AreDifferentRegionsOfOnePartition(string one, string other) => one != other && Find(one) is { } partition && partition == Find(other);

    /// <summary>Whether the table itself lists <paramref name="region"/>: a bounded set, as metric labels need.</summary>
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
