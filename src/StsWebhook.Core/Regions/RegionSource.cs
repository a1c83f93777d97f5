namespace StsWebhook.Core.Regions;

/// <summary>How a pod's region was determined. The words of its members are metric labels and audit annotations.</summary>
public enum RegionSource
{
    /// <summary>Nothing did.</summary>
    None,

    /// <summary>The pod's annotation <c>sts-webhook.io/region</c>.</summary>
    Annotation,

    /// <summary>The pod's node, or all nodes that its constraints admit.</summary>
    Node,

    /// <summary>A region or zone that the pod's own selector or affinity names.</summary>
    Selector,

    /// <summary>All nodes of the cluster lie in one region.</summary>
    Cluster,

    /// <summary>Several are possible; the scheduler's binding will tell.</summary>
    Binding,

    /// <summary>The configured default.</summary>
    Default,
}
