namespace StsWebhook.Audit;

/// <summary>How many objects a namespace has, and what would become of them.</summary>
/// <param name="Pods">The pods.</param>
/// <param name="Workloads">The workloads, by their templates.</param>
/// <param name="ConfigMaps">The ConfigMaps.</param>
internal sealed record NamespaceCounts(PodCounts Pods, ObjectCounts Workloads, ObjectCounts ConfigMaps)
{
    /// <summary>Nothing.</summary>
    public static readonly NamespaceCounts None = new(PodCounts.None, ObjectCounts.None, ObjectCounts.None);

    /// <summary>Whether anything would be rejected.</summary>
    public bool HasDenials => Pods.Denied + Workloads.Denied + ConfigMaps.Denied > 0;

    /// <summary>Adds up.</summary>
    public static NamespaceCounts operator +(NamespaceCounts one, NamespaceCounts other) =>
        new(one.Pods + other.Pods, one.Workloads + other.Workloads, one.ConfigMaps + other.ConfigMaps);

    /// <summary>Counts one object.</summary>
    public static NamespaceCounts From(AuditedObject of) => of.Kind switch
    {
        "Pod" => None with { Pods = PodCounts.From(of) },
        "ConfigMap" => None with { ConfigMaps = ObjectCounts.From(of) },
        _ => None with { Workloads = ObjectCounts.From(of) },
    };
}
