using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>
/// A pod or a workload's pod template, read in place. Nothing is deserialised, so a field that a later Kubernetes
/// invents cannot be lost. The JSON has passed <see cref="PodShape.Pod"/>.
/// </summary>
/// <param name="Json">The object with <c>metadata</c> and <c>spec</c>.</param>
/// <param name="Path">What stands before <c>metadata</c> and <c>spec</c> in a field path, as <c>spec.template.</c>; empty for a pod.</param>
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
    /// Whether the kubelet made this pod from a file of its own: it only mirrors what already runs, so that
    /// neither a patch nor a denial could change anything (kubernetes.io/docs/tasks/configure-pod-container/static-pod).
    /// </summary>
    public bool IsMirror => Annotations.Member("kubernetes.io/config.mirror"u8).Exists();

    /// <summary>Every container: init containers first, as they start first.</summary>
    public List<Container> Containers()
    {
        var containers = new List<Container>(4);
        Collect(ContainerKind.Init, containers);
        Collect(ContainerKind.Regular, containers);
        Collect(ContainerKind.Ephemeral, containers);
        return containers;
    }

    /// <summary>The ephemeral containers that <paramref name="before"/> does not have.</summary>
    public List<Container> EphemeralContainersSince(Pod before)
    {
        var known = new List<Container>();
        before.Collect(ContainerKind.Ephemeral, known);
        var names = known.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

        var containers = new List<Container>();
        Collect(ContainerKind.Ephemeral, containers);
        containers.RemoveAll(c => names.Contains(c.Name));
        return containers;
    }

    /// <summary>The field path of a container, as <c>spec.containers[0]</c>.</summary>
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
