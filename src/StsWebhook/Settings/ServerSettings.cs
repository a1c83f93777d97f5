using Microsoft.Extensions.Logging;
using StsWebhook.Core.Admission;

namespace StsWebhook.Settings;

/// <summary>All settings of <c>serve</c>.</summary>
internal sealed record ServerSettings
{
    /// <summary>The port for admission reviews, over TLS; 0 takes any free one.</summary>
    public int HttpsPort { get; init; } = 8443;

    /// <summary>The port for probes and metrics, plain HTTP; 0 takes any free one.</summary>
    public int ManagementPort { get; init; } = 8080;

    /// <summary>Where the serving certificate comes from; null for managed in a cluster, and ephemeral elsewhere.</summary>
    public TlsMode? Tls { get; init; }

    /// <summary>
    /// The folder that the certificate is read from, or, if it is ephemeral, written to for clients to trust; null for
    /// the usual one, or a new temporary one.
    /// </summary>
    public string? TlsDirectory { get; init; }

    /// <summary>The file of the CAs whose clients may send reviews; null where every client may.</summary>
    public string? ClientAuthoritiesFile { get; init; }

    /// <summary>What managed certificates are called, and for whom they are made.</summary>
    public CertificateSettings Certificates { get; init; } = new();

    /// <summary>
    /// How long the program serves on after it was told to end: until every node knows that the Service leads
    /// elsewhere.
    /// </summary>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What reviews may take at once, in bytes; null for half of what there is beside the program itself.</summary>
    public long? ReviewMemory { get; init; }

    /// <summary>Which cluster to ask for nodes and ConfigMaps.</summary>
    public ClusterMode Cluster { get; init; }

    /// <summary>The kubeconfig file; null for <c>KUBECONFIG</c> or the one in the home folder.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Whether ConfigMaps that variables come from are read.</summary>
    public bool ReadConfigMaps { get; init; } = true;

    /// <summary>A NodeList file that stands in for a cluster, or null.</summary>
    public string? NodesFile { get; init; }

    /// <summary>Whether mutations and violations are also counted by namespace.</summary>
    public bool CountByNamespace { get; init; }

    /// <summary>The least grave level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>What reviews go by; the part that a change of the file applies to at once.</summary>
    public ReviewSettings Review { get; init; } = new();
}
