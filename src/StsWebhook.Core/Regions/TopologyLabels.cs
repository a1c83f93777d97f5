namespace StsWebhook.Core.Regions;

/// <summary>
/// The well-known node labels for region and zone
/// (kubernetes.io/docs/reference/labels-annotations-taints), newest first.
/// </summary>
internal static class TopologyLabels
{
    /// <summary>Labels whose value is a region.</summary>
    public static readonly string[] Regions = ["topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"];

    /// <summary>Labels whose value is a zone.</summary>
    public static readonly string[] Zones = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];

    /// <summary>
    /// The region in one label; null if the value is not an AWS region or zone, for example a data centre name.
    /// </summary>
    public static string? RegionFrom(string key, string value)
    {
        if (Regions.Contains(key, StringComparer.Ordinal))
        {
            return Partitions.IsRegion(value) ? value : null;
        }

        return Zones.Contains(key, StringComparer.Ordinal) ? Zone.RegionOf(value) : null;
    }

    /// <summary>The region in a set of labels. Region labels take precedence over zone labels.</summary>
    public static string? RegionFrom(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var key in (ReadOnlySpan<string>)[.. Regions, .. Zones])
        {
            if (labels.TryGetValue(key, out var value) && RegionFrom(key, value) is { } region)
            {
                return region;
            }
        }

        return null;
    }
}
