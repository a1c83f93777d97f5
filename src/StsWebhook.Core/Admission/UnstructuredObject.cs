using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Admission;

/// <summary>An object of a manifest or of a cluster, read in place: valid as long as the document of its JSON.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Kind">The kind; empty where the object has none.</param>
/// <param name="Json">The object.</param>
public sealed record UnstructuredObject(string Group, string Kind, JsonElement Json)
{
    /// <summary>The namespace; <c>default</c> where the object has none, as for kubectl.</summary>
    public string Namespace =>
        Json.Member("metadata"u8).Text("namespace"u8) is { Length: > 0 } named ? named : "default";

    /// <inheritdoc cref="ObjectName.Find"/>
    public string Name => ObjectName.Find(Json);

    /// <summary>
    /// The field path of the pod or pod template: empty for a pod, as <c>spec.template</c> for a workload, null for other
    /// kinds.
    /// </summary>
    public string? PodPath =>
        Group.Length == 0 && Kind == "Pod" ? string.Empty : WorkloadKind?.TemplatePath;

    /// <summary>The kind of workload; null for other kinds.</summary>
    internal WorkloadKind? WorkloadKind => Pods.WorkloadKind.FindByKind(Group, Kind);

    /// <summary>
    /// Reads group and kind from the object itself, as in a manifest. The items of an API server's list have neither.
    /// </summary>
    public static UnstructuredObject From(JsonElement json)
    {
        var version = json.Text("apiVersion"u8) ?? string.Empty;
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        return new UnstructuredObject(slash < 0 ? string.Empty : version[..slash], json.Text("kind"u8) ?? string.Empty, json);
    }
}
