using StsWebhook.Core.Pods;

namespace StsWebhook.Manifests;

/// <summary>
/// The ConfigMaps of all manifests. Where several have the same name, as in overlays, the one in the file of the pod
/// is used, else the first.
/// </summary>
internal sealed class ManifestConfigMaps
{
    private readonly Dictionary<ConfigMapReference, ConfigMapData> all = [];
    private readonly Dictionary<(string File, ConfigMapReference Reference), ConfigMapData> byFile = [];

    /// <summary>Adds a ConfigMap, unless the file already has one of this name.</summary>
    public void Add(string file, ConfigMapReference reference, ConfigMapData data)
    {
        all.TryAdd(reference, data);
        byFile.TryAdd((file, reference), data);
    }

    /// <summary>
    /// Looks the ConfigMaps of a pod up. One that is not among the manifests is unknown: it may exist in the cluster.
    /// </summary>
    /// <param name="file">The file of the pod.</param>
    /// <param name="references">The ConfigMaps that the pod refers to.</param>
    public ConfigMapSet Lookup(string file, IReadOnlyList<ConfigMapReference> references)
    {
        if (references.Count == 0)
        {
            return ConfigMapSet.Empty;
        }

        var found = new Dictionary<ConfigMapReference, ConfigMapLookup>();
        foreach (var reference in references)
        {
            if (byFile.TryGetValue((file, reference), out var data) || all.TryGetValue(reference, out data))
            {
                found[reference] = ConfigMapLookup.Known(data);
            }
        }

        return new ConfigMapSet(found);
    }
}
