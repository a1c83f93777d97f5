using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>What a remedy depends on.</summary>
/// <param name="Location">The location of the finding.</param>
/// <param name="Region">The region of the pod.</param>
internal readonly record struct RemedyContext(FieldLocation Location, PodRegion Region)
{
    /// <summary>What the field is called: variable, argument, annotation.</summary>
    public string Kind => Location.Kind;

    /// <summary>The region of the pod; null while it is unknown, or deferred until the pod is bound to a node.</summary>
    public string? SettledRegion => Region.IsDeferred ? null : Region.Name;

    /// <summary>
    /// The regional STS host for the pod, in the pod's partition. For a deferred region it contains the reference
    /// <c>$(AWS_REGION)</c>, which the kubelet expands in variables and commands to the injected region.
    /// </summary>
    public string StsHost => Region.Partition.StsHost(Region.IsDeferred ? "$(AWS_REGION)" : Region.Name ?? "<region>");
}
