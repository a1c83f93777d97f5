namespace StsWebhook.Core.Pods;

/// <summary>The ConfigMaps of a pod's namespace.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="ConfigMaps">What is known of them.</param>
internal sealed record ConfigMapView(string Namespace, ConfigMapSet ConfigMaps)
{
    /// <summary>A view in which every ConfigMap is unknown.</summary>
    public static ConfigMapView None { get; } = new(string.Empty, ConfigMapSet.Empty);

    /// <summary>Whether every ConfigMap is unknown.</summary>
    public bool IsEmpty => ConfigMaps.Count == 0;

    /// <summary>Looks a ConfigMap up by its name.</summary>
    public ConfigMapLookup Lookup(string name) => ConfigMaps.Lookup(new ConfigMapReference(Namespace, name));
}
