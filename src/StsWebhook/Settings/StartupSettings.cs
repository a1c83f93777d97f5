namespace StsWebhook.Settings;

/// <summary>
/// The settings that are read once at start. A change of them in the settings file needs a restart. Immutable, so
/// safe to share between threads.
/// </summary>
internal sealed record StartupSettings
{
    /// <summary>The directory that certificate files are read from by default. The Helm chart mounts the Secret there.</summary>
    public const string DefaultTlsDirectory = "/etc/sts-webhook/tls";

    /// <summary>The HTTPS port for admission reviews; 0 selects a free port.</summary>
    public int HttpsPort { get; init; } = 8443;

    /// <summary>The plain HTTP port for probes and metrics; 0 selects a free port.</summary>
    public int ManagementPort { get; init; } = 8080;

    /// <summary>The source of the serving certificate; null for managed in a cluster and ephemeral elsewhere.</summary>
    public TlsMode? Tls { get; init; }

    /// <summary>
    /// The directory that certificate files are read from, or that an ephemeral certificate is written to; null for
    /// the default directory or a new temporary one.
    /// </summary>
    public string? TlsDirectory { get; init; }

    /// <summary>
    /// The PEM file of the CAs that client certificates must chain to; null to accept clients without a certificate.
    /// </summary>
    public string? ClientAuthoritiesFile { get; init; }

    /// <summary>The object names and host names of managed certificates.</summary>
    public CertificateSettings Certificates { get; init; } = new();

    /// <summary>
    /// How long requests are still accepted after SIGTERM. Until every node has removed the pod from its Service
    /// routing, new connections still arrive.
    /// </summary>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The memory limit of concurrent reviews, in bytes; null for half of the memory that the program itself does not need.
    /// </summary>
    public long? ReviewMemory { get; init; }

    /// <summary>The cluster to read nodes and ConfigMaps from.</summary>
    public ClusterMode Cluster { get; init; }

    /// <summary>The kubeconfig file; null for the file in <c>KUBECONFIG</c>, or <c>~/.kube/config</c>.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Whether ConfigMaps that pods take variables from are read.</summary>
    public bool ReadConfigMaps { get; init; } = true;

    /// <summary>A NodeList file that replaces the nodes of a cluster, or null.</summary>
    public string? NodesFile { get; init; }

    /// <summary>Whether mutations and violations are also counted by namespace.</summary>
    public bool CountByNamespace { get; init; }
}
