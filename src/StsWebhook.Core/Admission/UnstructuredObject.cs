using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Admission;

/// <summary>An object that no review brings: one of a manifest, or one that a cluster has.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Kind">The kind; empty where the object names none.</param>
/// <param name="Json">The object.</param>
public sealed record UnstructuredObject(string Group, string Kind, JsonElement Json)
{
    /// <summary>The namespace, which is <c>default</c> where the object names none, as for kubectl.</summary>
    public string Namespace =>
        Json.Member("metadata"u8).Text("namespace"u8) is { Length: > 0 } named ? named : "default";

    /// <summary>The name, or the prefix of the one that the API server will make and an asterisk.</summary>
    public string Name => ObjectName.From(Json);

    /// <summary>
    /// Where the pod stands that the object is or will make: empty for a pod, as <c>spec.template</c> for a workload;
    /// null for other kinds.
    /// </summary>
    public string? PodPath =>
        Group.Length == 0 && Kind == "Pod" ? string.Empty : PodTemplate.PathOfKind(Group, Kind);

    /// <summary>An object that says itself what it is, as in a manifest. The items of an API server's lists do not.</summary>
    public static UnstructuredObject From(JsonElement json)
    {
        var version = json.Text("apiVersion"u8) ?? string.Empty;
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        return new UnstructuredObject(slash < 0 ? string.Empty : version[..slash], json.Text("kind"u8) ?? string.Empty, json);
    }
}
