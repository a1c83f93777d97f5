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

    /// <summary>Where the serving certificate comes from.</summary>
    public TlsMode Tls { get; init; } = TlsMode.Ephemeral;

    /// <summary>The folder that an ephemeral certificate is written to, for clients to trust; null for a new temporary one.</summary>
    public string? TlsDirectory { get; init; }

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
