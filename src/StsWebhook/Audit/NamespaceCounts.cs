namespace StsWebhook.Audit;

/// <summary>The objects of a namespace, counted by what the webhook would do with them.</summary>
/// <param name="Pods">Counts of pods.</param>
/// <param name="Workloads">Counts of workloads, by their pod templates.</param>
/// <param name="ConfigMaps">Counts of ConfigMaps.</param>
internal sealed record NamespaceCounts(PodCounts Pods, ObjectCounts Workloads, ObjectCounts ConfigMaps)
{
    /// <summary>All counts are zero.</summary>
    public static readonly NamespaceCounts None = new(PodCounts.None, ObjectCounts.None, ObjectCounts.None);

    /// <summary>Whether the webhook would reject an object of the namespace.</summary>
    public bool HasDenials => Pods.Denied + Workloads.Denied + ConfigMaps.Denied > 0;

    /// <summary>Adds the counts of two namespaces.</summary>
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
