using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Admission;

/// <summary>
/// A valid object that is not decided yet. It reads the object's JSON in place and is valid as long as the JSON's document.
/// Used by one thread at a time.
/// </summary>
public sealed class ParsedManifest
{
    private readonly ReviewTarget target;
    private readonly ReviewSettings settings;

    internal ParsedManifest(UnstructuredObject identity, ReviewTarget target, ReviewSettings settings)
    {
        Identity = identity;
        this.target = target;
        this.settings = settings;
    }

    /// <summary>The object.</summary>
    public UnstructuredObject Identity { get; }

    /// <inheritdoc cref="ParsedReview.ConfigMaps"/>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => target.ConfigMaps;

    /// <summary>The name and the data of the object if it is a ConfigMap; else null.</summary>
    public (ConfigMapReference Reference, ConfigMapData Data)? AsConfigMap =>
        target is ReviewTarget.ConfigMap configMap
            ? (new ConfigMapReference(Identity.Namespace, Identity.Name), configMap.Data)
            : null;

    /// <summary>
    /// Decides the object with the configured enforcement. A workload's template is decided as the pod that it creates.
    /// </summary>
    /// <param name="cluster">What is known of the cluster. What is missing in it counts as unknown.</param>
    public AdmissionOutcome Decide(ClusterSnapshot cluster) =>
        new TargetReviewer(settings, cluster, settings.Policy.Enforce, inject: true).Decide(target);
}
