using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>Why a container did not get all variables. Immutable.</summary>
public sealed class SkipReason
{
    private SkipReason(string code, string message)
    {
        Code = code;
        Message = message;
    }

    /// <summary>The pod is opted out by its label.</summary>
    public static SkipReason PodLabel { get; } =
        new("pod-label", $"the label {ProjectKeys.Inject}={ProjectKeys.Disabled} opts the pod out");

    /// <summary>The container is opted out by the pod's annotation.</summary>
    public static SkipReason Annotation { get; } =
        new("annotation", $"the annotation {ProjectKeys.SkipContainers} opts the container out");

    /// <summary>A Secret may set a region variable.</summary>
    public static SkipReason EnvFromSecret { get; } =
        new(
            "env-from-secret",
            "no region was injected: envFrom reads a Secret, which may set one and which the webhook does not read");

    /// <summary>A ConfigMap that is unknown, or absent but required, may set a region variable.</summary>
    public static SkipReason EnvFromConfigMap { get; } =
        new(
            "env-from-configmap",
            "no region was injected: envFrom reads a ConfigMap, which may set one and which could not be read");

    /// <summary>
    /// The container sets a region variable to an empty value. botocore fails with an empty region, so it is not copied.
    /// </summary>
    public static SkipReason EmptyRegion { get; } =
        new("empty-region", "no region was injected: the container sets a region variable to an empty value");

    /// <summary>The region of the pod cannot be determined.</summary>
    public static SkipReason NoRegion { get; } =
        new("no-region", "no region was injected: the region of the pod cannot be determined");

    /// <summary>All reasons.</summary>
    public static IReadOnlyList<SkipReason> All { get; } =
        [PodLabel, Annotation, EnvFromSecret, EnvFromConfigMap, EmptyRegion, NoRegion];

    /// <summary>The code in metric labels, audit annotations and JSON, in kebab case.</summary>
    public string Code { get; }

    /// <summary>The reason in one sentence, for users.</summary>
    public string Message { get; }

    /// <summary>The <see cref="Code"/>.</summary>
    public override string ToString() => Code;
}
