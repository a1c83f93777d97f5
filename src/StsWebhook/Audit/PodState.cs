namespace StsWebhook.Audit;

/// <summary>What the webhook would do with a running pod if it were created again. Each pod is in exactly one state.</summary>
internal enum PodState
{
    /// <summary>Nothing: the pod already has all variables.</summary>
    Injected,

    /// <summary>Add variables.</summary>
    Missing,

    /// <summary>Reject the pod.</summary>
    Denied,

    /// <summary>Nothing: the pod opts out, or it is a mirror pod of the kubelet.</summary>
    Exempt,

    /// <summary>Nothing: the pod has finished.</summary>
    Finished,
}
