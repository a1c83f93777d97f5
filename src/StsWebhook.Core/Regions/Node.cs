namespace StsWebhook.Core.Regions;

/// <summary>What the resolver needs to know of a node.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Region">Its region, or null where nothing about the node tells one.</param>
/// <param name="Labels">Its labels, which selectors and affinity are matched against.</param>
public sealed record Node(string Name, string? Region, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>
    /// Makes a node from what its Node object says. The region comes from the region labels, then the zone labels,
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

        // What follows the zone is no part of its region.
        return Zone.RegionOf(providerId.AsSpan(start + Authority.Length));
    }
}
