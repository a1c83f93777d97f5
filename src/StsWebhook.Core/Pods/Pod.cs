using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>
/// A pod or a workload's pod template, read in place: without deserialisation, fields of later Kubernetes versions cannot
/// be lost. The JSON matches <see cref="ObjectShapes.Pod"/>.
/// </summary>
/// <param name="Json">The object with <c>metadata</c> and <c>spec</c>.</param>
/// <param name="Path">The prefix of field paths, such as <c>spec.template.</c>; empty for a pod.</param>
internal readonly record struct Pod(JsonElement Json, string Path)
{
    /// <summary>The pod's metadata.</summary>
    public JsonElement Metadata => Json.Member("metadata"u8);

    /// <summary>The pod's spec.</summary>
    public JsonElement Spec => Json.Member("spec"u8);

    /// <summary>The pod's labels.</summary>
    public JsonElement Labels => Metadata.Member("labels"u8);

    /// <summary>The pod's annotations.</summary>
    public JsonElement Annotations => Metadata.Member("annotations"u8);

    /// <summary>
    /// Whether the kubelet created this pod to mirror a static pod. The static pod already runs, so neither a patch nor a
    /// denial has an effect (kubernetes.io/docs/tasks/configure-pod-container/static-pod).
    /// </summary>
    public bool IsMirror => Annotations.Member("kubernetes.io/config.mirror"u8).Exists();

    /// <summary>All containers; init containers come first, as they start first.</summary>
    public List<Container> Containers()
    {
        var containers = new List<Container>(4);
        Collect(ContainerKind.Init, containers);
        Collect(ContainerKind.Regular, containers);
        Collect(ContainerKind.Ephemeral, containers);
        return containers;
    }

    /// <summary>The ephemeral containers that <paramref name="oldPod"/> does not have, by name.</summary>
    public List<Container> EphemeralContainersSince(Pod oldPod)
    {
        var known = new List<Container>();
        oldPod.Collect(ContainerKind.Ephemeral, known);
        var names = known.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

        var containers = new List<Container>();
        Collect(ContainerKind.Ephemeral, containers);
        containers.RemoveAll(c => names.Contains(c.Name));
        return containers;
    }

    /// <summary>The field path of a container, such as <c>spec.containers[0]</c>.</summary>
    public string PathOf(Container container) => $"{Path}spec.{container.List}[{container.Index}]";

    private void Collect(ContainerKind kind, List<Container> into)
    {
        var list = kind switch
        {
            ContainerKind.Init => Spec.Member("initContainers"u8),
            ContainerKind.Ephemeral => Spec.Member("ephemeralContainers"u8),
            _ => Spec.Member("containers"u8),
        };
        var index = 0;
        foreach (var json in list.Items())
        {
            into.Add(new Container(kind, index++, json));
        }
    }
}
