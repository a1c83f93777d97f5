using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Evaluates the fields of a pod that can determine the STS endpoint. Fields that are not listed here are not
/// evaluated: labels, images, the audience of a projected token.
/// </summary>
internal static class PodPolicy
{
    /// <summary>Prefix of annotations that the Vault agent injector renders into files of the pod.</summary>
    private const string RenderedAnnotation = "vault.hashicorp.com/agent-inject-template-";

    /// <summary>Annotations that contain an audience by contract, or that repeat the pod.</summary>
    private static readonly string[] IgnoredAnnotations =
        ["eks.amazonaws.com/audience", "kubectl.kubernetes.io/last-applied-configuration"];

    /// <summary>Evaluates a whole pod or the template of a workload.</summary>
    public static void Evaluate(Pod pod, ConfigMapView configMaps, PolicyEvaluator evaluator)
    {
        EvaluateContainers(pod, pod.Containers(), configMaps, evaluator);
        EvaluateHostAliases(pod, evaluator);
        EvaluateVolumes(pod, evaluator);
        EvaluateAnnotations(pod, evaluator);
    }

    /// <summary>Evaluates only some containers of a pod.</summary>
    public static void EvaluateContainers(
        Pod pod, List<Container> containers, ConfigMapView configMaps, PolicyEvaluator evaluator)
    {
        var values = new PodValueResolver(pod, configMaps, evaluator.Rules);
        foreach (var container in containers)
        {
            ContainerPolicy.Evaluate(pod, container, evaluator, values);
        }
    }

    private static void EvaluateHostAliases(Pod pod, PolicyEvaluator evaluator)
    {
        var i = 0;
        foreach (var alias in pod.Spec.Member("hostAliases"u8).Items())
        {
            var j = 0;
            foreach (var hostname in alias.Member("hostnames"u8).Items())
            {
                evaluator.Evaluate(
                    new FieldLocation($"{pod.Path}spec.hostAliases[{i}].hostnames[{j++}]", "alias"), "host",
                    hostname.GetString()!);
            }

            i++;
        }
    }

    private static void EvaluateVolumes(Pod pod, PolicyEvaluator evaluator)
    {
        var i = 0;
        foreach (var volume in pod.Spec.Member("volumes"u8).Items())
        {
            var attributes = volume.Member("csi"u8).Member("volumeAttributes"u8);
            foreach (var attribute in RawJsonPrefilter.CannotMatch(attributes, evaluator.Rules) ? default : attributes.Members())
            {
                evaluator.Evaluate(
                    new FieldLocation($"{pod.Path}spec.volumes[{i}].csi.volumeAttributes[{attribute.Name}]", "attribute"),
                    attribute.Name,
                    attribute.Value.Text() ?? string.Empty);
            }

            i++;
        }
    }

    private static void EvaluateAnnotations(Pod pod, PolicyEvaluator evaluator)
    {
        if (RawJsonPrefilter.CannotMatch(pod.Annotations, evaluator.Rules))
        {
            return;
        }

        foreach (var annotation in pod.Annotations.Members())
        {
            var name = annotation.Name;
            if (IgnoredAnnotations.Contains(name, StringComparer.Ordinal) || annotation.Value.Text() is not { } text)
            {
                continue;
            }

            var isRendered = name.StartsWith(RenderedAnnotation, StringComparison.Ordinal);
            evaluator.Evaluate(
                new FieldLocation(AnnotationField(pod, name), "annotation", Cap: isRendered ? Severity.Deny : Severity.Warn),
                isRendered ? string.Empty : name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..],
                text);
        }
    }

    /// <summary>The field path of an annotation.</summary>
    public static string AnnotationField(Pod pod, string name) => $"{pod.Path}metadata.annotations[{name}]";
}
