using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Admission;

/// <summary>An object as a manifest holds it: what nobody has sent to an API server yet.</summary>
/// <param name="Json">The object.</param>
public sealed record BareObject(JsonElement Json)
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group
    {
        get
        {
            var version = Json.Text("apiVersion"u8) ?? string.Empty;
            var slash = version.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? string.Empty : version[..slash];
        }
    }

    /// <summary>The kind; empty where the object names none.</summary>
    public string Kind => Json.Text("kind"u8) ?? string.Empty;

    /// <summary>The namespace, which is <c>default</c> where the object names none, as for kubectl.</summary>
    public string Namespace =>
        Json.Member("metadata"u8).Text("namespace"u8) is { Length: > 0 } named ? named : "default";

    /// <summary>The name, or the prefix of the one that the API server will make and an asterisk.</summary>
    public string Name => ObjectName.Of(Json);

    /// <summary>
    /// Where the pod stands that the object is or will make: empty for a pod, as <c>spec.template</c> for a workload;
    /// null for other kinds.
    /// </summary>
    public string? PodPath =>
        Group.Length == 0 && Kind == "Pod" ? string.Empty : PodTemplate.PathOfKind(Group, Kind);
}
