using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// An annotation of this project that requests a region which does not exist. The rule is built in: the request cannot be
/// met, so it rejects the pod under every enforcement.
/// </summary>
internal sealed class InvalidRegionRule() : Rule(
    "invalid-region",
    Severity.Deny,
    message: "does not name a region of any AWS partition",
    summary: $"The annotation {ProjectKeys.Region} does not name a region of any AWS partition.")
{
    /// <summary>The shared instance.</summary>
    public static InvalidRegionRule Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsConfigurable => false;

    /// <summary>The finding for a pod; null where the annotation is absent or names a region.</summary>
    public static Finding? Find(Pod pod) =>
        pod.Annotations.Text(ProjectKeys.RegionUtf8) is { } requested && !Partitions.IsRegion(requested)
            ? new Finding(
                Instance,
                Instance.DefaultSeverity,
                PodPolicy.AnnotationField(pod, ProjectKeys.Region),
                Container: null,
                Instance.Message,
                "use a region such as eu-west-1 or remove the annotation")
            : null;

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"use a region such as eu-west-1 or remove the {context.Kind}";
}
