namespace StsWebhook.Core.Regions;

/// <summary>The parts of a Node object that region resolution needs.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Region">The node's AWS region, or null if neither labels nor provider ID name one.</param>
/// <param name="Labels">The node's labels, matched against node selectors and node affinity.</param>
public sealed record Node(string Name, string? Region, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>
    /// Creates a node from the fields of a Node object. The region comes from the region labels, then the zone labels,
    /// then <c>spec.providerID</c>, whose first path segment is a zone or a region:
    /// <c>aws:///us-east-2a/i-0123</c>, <c>aws:///us-east-2a/fargate-ip-10-0-0-1</c>,
    /// <c>eks-hybrid:///us-west-2/cluster/mi-0123</c>.
    /// </summary>
    public static Node From(string name, IReadOnlyDictionary<string, string> labels, string? providerId) =>
        new(name, TopologyLabels.RegionFrom(labels) ?? RegionFrom(providerId), labels);

    private static string? RegionFrom(string? providerId)
    {
        const string Authority = ":///";
        var start = providerId?.IndexOf(Authority, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        // RegionOf ignores everything after the zone.
        return Zone.RegionOf(providerId.AsSpan(start + Authority.Length));
    }
}
