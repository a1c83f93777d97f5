using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Knows where in a pod a setting can stand that decides which STS endpoint is called. What is not named here is
/// not looked at: labels, images, the audience of a projected token.
/// </summary>
internal static class PodPolicy
{
    /// <summary>What the template injectors of sidecars render into a file in the pod.</summary>
    private const string RenderedAnnotation = "vault.hashicorp.com/agent-inject-template-";

    /// <summary>Annotations that hold an audience by contract, or repeat what the pod itself says.</summary>
    private static readonly string[] UnreadAnnotations =
        ["eks.amazonaws.com/audience", "kubectl.kubernetes.io/last-applied-configuration"];

    /// <summary>Judges a whole pod or template.</summary>
    public static void Judge(Pod pod, ConfigMapView configMaps, PolicyEvaluator findings)
    {
        JudgeContainers(pod, pod.Containers(), configMaps, findings);
        JudgeHostAliases(pod, findings);
        JudgeVolumes(pod, findings);
        JudgeAnnotations(pod, findings);
    }

    /// <summary>Judges some containers of a pod, and no more.</summary>
    public static void JudgeContainers(
        Pod pod, List<Container> containers, ConfigMapView configMaps, PolicyEvaluator findings)
    {
        var references = new PodValueResolver(pod, configMaps);
        foreach (var container in containers)
        {
            ContainerPolicy.Judge(pod, container, findings, references);
        }
    }

    private static void JudgeHostAliases(Pod pod, PolicyEvaluator findings)
    {
        var i = 0;
        foreach (var alias in pod.Spec.Member("hostAliases"u8).Items())
        {
            var j = 0;
            foreach (var hostname in alias.Member("hostnames"u8).Items())
            {
                findings.Judge(new FieldLocation($"{pod.Path}spec.hostAliases[{i}].hostnames[{j++}]", "alias"), "host", hostname.GetString()!);
            }

            i++;
        }
    }

    private static void JudgeVolumes(Pod pod, PolicyEvaluator findings)
    {
        var i = 0;
        foreach (var volume in pod.Spec.Member("volumes"u8).Items())
        {
            var attributes = volume.Member("csi"u8).Member("volumeAttributes"u8);
            foreach (var attribute in RawJsonPrefilter.CannotMatch(attributes) ? default : attributes.Members())
            {
                findings.Judge(
                    new FieldLocation($"{pod.Path}spec.volumes[{i}].csi.volumeAttributes[{attribute.Name}]", "attribute"),
                    attribute.Name,
                    attribute.Value.Text() ?? string.Empty);
            }

            i++;
        }
    }

    private static void JudgeAnnotations(Pod pod, PolicyEvaluator findings)
    {
        if (RawJsonPrefilter.CannotMatch(pod.Annotations))
        {
            return;
        }

        foreach (var annotation in pod.Annotations.Members())
        {
            var name = annotation.Name;
            if (UnreadAnnotations.Contains(name, StringComparer.Ordinal) || annotation.Value.Text() is not { } text)
            {
                continue;
            }

            var isRendered = name.StartsWith(RenderedAnnotation, StringComparison.Ordinal);
            findings.Judge(
                new FieldLocation(AnnotationField(pod, name), "annotation", Cap: isRendered ? Severity.Deny : Severity.Warn),
                isRendered ? string.Empty : name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..],
                text);
        }
    }

    /// <summary>The field path of an annotation.</summary>
    public static string AnnotationField(Pod pod, string name) => $"{pod.Path}metadata.annotations[{name}]";
}
