using StsWebhook.Core.Pods;

namespace StsWebhook.Audit;

/// <summary>A resource that the audit lists.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Name">The name in paths and permissions, such as <c>deployments</c>.</param>
/// <param name="Kind">The kind. The items of a list do not contain it.</param>
internal sealed record AuditedResource(string Group, string Name, string Kind)
{
    /// <summary>ConfigMaps are listed first: the review of pods reads them.</summary>
    public static readonly AuditedResource ConfigMaps = new(string.Empty, "configmaps", "ConfigMap");

    /// <summary>The pods that all other resources create.</summary>
    public static readonly AuditedResource Pods = new(string.Empty, "pods", "Pod");

    /// <summary>
    /// All resources in reading order. A resource comes first if the review of others needs it or if it owns others.
    /// </summary>
    public static readonly IReadOnlyList<AuditedResource> All =
    [
        ConfigMaps,
        .. WorkloadKind.All.Select(workload => new AuditedResource(workload.Group, workload.Resource, workload.Kind)),
        Pods,
    ];

    /// <summary>The path of a list without a leading slash: of a namespace, or of the cluster.</summary>
    public string PathIn(string? @namespace)
    {
        var api = Group.Length == 0 ? "api/v1" : $"apis/{Group}/v1";
        return @namespace is null ? $"{api}/{Name}" : $"{api}/namespaces/{Uri.EscapeDataString(@namespace)}/{Name}";
    }
}
