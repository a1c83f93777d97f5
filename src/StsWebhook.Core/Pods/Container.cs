using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>One container of a pod, read in place.</summary>
/// <param name="Kind">The list that contains it.</param>
/// <param name="Index">Its index in that list.</param>
/// <param name="Json">The container object.</param>
internal readonly record struct Container(ContainerKind Kind, int Index, JsonElement Json)
{
    /// <summary>The container's name; empty where it has none.</summary>
    public string Name => Json.Text("name"u8) ?? string.Empty;

    /// <summary>The list <c>env</c>; undefined where the container has none.</summary>
    public JsonElement Env => Json.Member("env"u8);

    /// <summary>The list <c>envFrom</c>; undefined where the container has none.</summary>
    public JsonElement EnvFrom => Json.Member("envFrom"u8);

    /// <summary>The field of the pod's spec that contains it, such as <c>containers</c>.</summary>
    public string List => Kind switch
    {
        ContainerKind.Init => "initContainers",
        ContainerKind.Ephemeral => "ephemeralContainers",
        _ => "containers",
    };
}
