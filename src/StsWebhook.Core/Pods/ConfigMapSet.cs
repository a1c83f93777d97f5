namespace StsWebhook.Core.Pods;

/// <summary>What is known of the ConfigMaps that a pod refers to.</summary>
/// <param name="lookups">The known and the absent ones; any other is unknown. Must not change afterwards.</param>
public sealed class ConfigMapSet(IReadOnlyDictionary<ConfigMapReference, ConfigMapLookup> lookups)
{
    /// <summary>The set in which every ConfigMap is unknown.</summary>
    public static ConfigMapSet Empty { get; } = new(new Dictionary<ConfigMapReference, ConfigMapLookup>());

    /// <summary>The number of ConfigMaps that are known or absent.</summary>
    public int Count => lookups.Count;

    /// <summary>Looks a ConfigMap up.</summary>
    public ConfigMapLookup Lookup(ConfigMapReference reference) => lookups.GetValueOrDefault(reference);
}
