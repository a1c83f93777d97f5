namespace StsWebhook.Settings;

/// <summary>Which cluster to ask for nodes and ConfigMaps.</summary>
internal enum ClusterMode
{
    /// <summary>The one that a kubeconfig setting names, else the one that the program runs in, if it runs in one.</summary>
    Auto,

    /// <summary>The one that the program runs in, by the service account of its pod.</summary>
    InCluster,

    /// <summary>The one that a kubeconfig file names.</summary>
    Kubeconfig,

    /// <summary>None.</summary>
    None,
}
