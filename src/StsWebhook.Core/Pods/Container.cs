using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>One container of a pod, read in place.</summary>
/// <param name="Kind">The list it stands in.</param>
/// <param name="Index">Its place in that list.</param>
/// <param name="Json">The container object.</param>
internal readonly record struct Container(ContainerKind Kind, int Index, JsonElement Json)
{
    /// <summary>The container's name; empty where it has none.</summary>
    public string Name => Json.Text("name"u8) ?? string.Empty;

    /// <summary>The entries of <c>env</c>; undefined where there are none yet.</summary>
    public JsonElement Env => Json.Member("env"u8);

    /// <summary>The sources of <c>envFrom</c>; undefined where there are none.</summary>
    public JsonElement EnvFrom => Json.Member("envFrom"u8);

    /// <summary>The field name of the list it stands in, as in <c>spec.containers</c>.</summary>
    public string List => Kind switch
    {
        ContainerKind.Init => "initContainers",
        ContainerKind.Ephemeral => "ephemeralContainers",
        _ => "containers",
    };
}
