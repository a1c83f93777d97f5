namespace StsWebhook.Core.Regions;

/// <summary>How a pod's region was determined. The words of its members are metric labels and audit annotations.</summary>
public enum RegionSource
{
    /// <summary>The region could not be determined.</summary>
    None,

    /// <summary>The pod's annotation <c>sts-webhook.io/region</c>.</summary>
    Annotation,

    /// <summary>The pod's node, or all nodes that match its constraints.</summary>
    Node,

    /// <summary>A region or zone that the pod's own selector or affinity names.</summary>
    Selector,

    /// <summary>All nodes of the cluster are in one region.</summary>
    Cluster,

    /// <summary>Several regions are possible; the webhook sets the region when the scheduler binds the pod.</summary>
    Binding,

    /// <summary>The configured default region.</summary>
    Default,
}
