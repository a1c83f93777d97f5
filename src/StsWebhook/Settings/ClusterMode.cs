namespace StsWebhook.Settings;

/// <summary>Which cluster to read nodes and ConfigMaps from.</summary>
internal enum ClusterMode
{
    /// <summary>
    /// <see cref="Kubeconfig"/> if that setting is given; otherwise <see cref="InCluster"/> if the program runs in a pod
    /// and no nodes file is given; otherwise <see cref="None"/>.
    /// </summary>
    Auto,

    /// <summary>The cluster of the pod, authenticated by the service account of the pod.</summary>
    InCluster,

    /// <summary>The cluster of a kubeconfig file.</summary>
    Kubeconfig,

    /// <summary>No cluster.</summary>
    None,
}
