using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>
/// A kind that creates pods from a template. This table is the source for what the webhook validates, <c>check</c> reads,
/// <c>audit</c> lists and the metrics count by name; tests compare the chart, the ClusterRole and the documentation with it.
/// </summary>
public sealed class WorkloadKind
{
    private readonly byte[][] steps;

    private WorkloadKind(string group, string kind, string resource, string templatePath)
    {
        Group = group;
        Kind = kind;
        Resource = resource;
        TemplatePath = templatePath;
        steps = [.. templatePath.Split('.').Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>
    /// All kinds of the core, apps and batch APIs that have a pod template. An owner comes before the kinds that it
    /// creates: the audit reads them in this order.
    /// </summary>
    public static IReadOnlyList<WorkloadKind> All { get; } =
    [
        new("apps", "Deployment", "deployments", "spec.template"),
        new("apps", "StatefulSet", "statefulsets", "spec.template"),
        new("apps", "DaemonSet", "daemonsets", "spec.template"),
        new("apps", "ReplicaSet", "replicasets", "spec.template"),
        new("batch", "CronJob", "cronjobs", "spec.jobTemplate.spec.template"),
        new("batch", "Job", "jobs", "spec.template"),
        new(string.Empty, "ReplicationController", "replicationcontrollers", "spec.template"),
        new(string.Empty, "PodTemplate", "podtemplates", "template"),
    ];

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The kind, such as <c>Deployment</c>.</summary>
    public string Kind { get; }

    /// <summary>The resource in paths, rules and permissions, such as <c>deployments</c>.</summary>
    public string Resource { get; }

    /// <summary>The field path of the pod template, such as <c>spec.template</c>.</summary>
    public string TemplatePath { get; }

    /// <summary>The kind of a resource; null if the resource has no pod template.</summary>
    public static WorkloadKind? FindByResource(string group, string resource)
    {
        foreach (var workload in All)
        {
            if (workload.Resource == resource && workload.Group == group)
            {
                return workload;
            }
        }

        return null;
    }

    /// <summary>The kind by its name in a manifest; null if the kind has no pod template.</summary>
    public static WorkloadKind? FindByKind(string group, string kind)
    {
        foreach (var workload in All)
        {
            if (workload.Kind == kind && workload.Group == group)
            {
                return workload;
            }
        }

        return null;
    }

    /// <summary>The pod template of a workload; undefined where it has none.</summary>
    public JsonElement FindTemplate(JsonElement workload)
    {
        var element = workload;
        foreach (var step in steps)
        {
            element = element.Member(step);
        }

        return element;
    }
}
