using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Admission;

/// <summary>A manifest that was read and waits to be decided.</summary>
public sealed class ParsedManifest
{
    private readonly ReviewTarget subject;
    private readonly ShapeMismatch? error;
    private readonly ReviewSettings settings;

    internal ParsedManifest(UnstructuredObject identity, ReviewTarget subject, ShapeMismatch? error, ReviewSettings settings)
    {
        Identity = identity;
        this.subject = subject;
        this.error = error;
        this.settings = settings;
    }

    /// <summary>The object.</summary>
    public UnstructuredObject Identity { get; }

    /// <summary>The field that is not what the API says, and what is wrong there; null where the object can be decided.</summary>
    public (string Field, string Problem)? Error => error is null ? null : (error.Path, error.Problem);

    /// <summary>The ConfigMaps that variables of the pod come from: what they hold may be a region, or a finding.</summary>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => error is null ? subject.ConfigMaps : [];

    /// <summary>The name and data of the ConfigMap that the object is, or null.</summary>
    public (ConfigMapReference Reference, IReadOnlyDictionary<string, string> Data)? AsConfigMap =>
        error is null && subject is ReviewTarget.ConfigMap configMap
            ? (new ConfigMapReference(Identity.Namespace, Identity.Name), configMap.Data)
            : null;

    /// <summary>Decides the object, which has no <see cref="Error"/>.</summary>
    public Decision Decide(ClusterSnapshot cluster) => error is null
        ? new PodReviewer(settings, cluster, settings.Policy.Enforce, inject: true).Decide(subject)
        : throw new InvalidOperationException("an object of the wrong shape cannot be decided");
}
