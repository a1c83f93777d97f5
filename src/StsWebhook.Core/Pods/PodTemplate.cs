using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>Where the workloads of the core, apps and batch APIs keep the template of their pods.</summary>
internal static class PodTemplate
{
    /// <summary>The path to the template from the workload's root, as <c>spec.template</c>; null for what has none.</summary>
    public static string? PathOf(string group, string resource) => (group, resource) switch
    {
        ("apps", "deployments" or "statefulsets" or "daemonsets" or "replicasets") => "spec.template",
        ("batch", "jobs") => "spec.template",
        ("", "replicationcontrollers") => "spec.template",
        ("batch", "cronjobs") => "spec.jobTemplate.spec.template",
        ("", "podtemplates") => "template",
        _ => null,
    };

    /// <summary>The same by the kind that a manifest names.</summary>
    public static string? PathOfKind(string group, string kind) => kind switch
    {
        "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "ReplicationController"
            or "Job" or "CronJob" or "PodTemplate" => PathOf(group, kind.ToLowerInvariant() + "s"),
        _ => null,
    };

    /// <summary>Follows <paramref name="path"/>; undefined where the workload has no template.</summary>
    public static JsonElement Find(JsonElement workload, string path)
    {
        var element = workload;
        foreach (var step in path.Split('.'))
        {
            element = element.Member(Encoding.UTF8.GetBytes(step));
        }

        return element;
    }
}
