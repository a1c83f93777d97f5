namespace StsWebhook.Audit;

/// <summary>What the webhook would do with a pod of the cluster if it were created again. Each pod is in one state.</summary>
internal enum PodState
{
    /// <summary>Nothing: it has everything that it would get.</summary>
    Injected,

    /// <summary>It would add variables.</summary>
    Missing,

    /// <summary>It would reject it.</summary>
    Denied,

    /// <summary>Nothing: the pod opts out, or the kubelet made it from a file of its own.</summary>
    Exempt,

    /// <summary>Nothing: the pod has run to its end.</summary>
    Finished,
}
