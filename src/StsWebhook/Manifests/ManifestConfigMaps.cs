using StsWebhook.Core.Pods;

namespace StsWebhook.Manifests;

/// <summary>
/// The ConfigMaps of all manifests. Where several have one name, as overlays do, the one in the file of the pod
/// counts, else the first.
/// </summary>
internal sealed class ManifestConfigMaps
{
    private readonly Dictionary<ConfigMapReference, IReadOnlyDictionary<string, string>> all = [];
    private readonly Dictionary<(string File, ConfigMapReference Reference), IReadOnlyDictionary<string, string>> byFile = [];

    /// <summary>Adds one.</summary>
    public void Add(string file, ConfigMapReference reference, IReadOnlyDictionary<string, string> data)
    {
        all.TryAdd(reference, data);
        byFile.TryAdd((file, reference), data);
    }

    /// <summary>Those of <paramref name="wanted"/> that are among the manifests, for a pod in <paramref name="file"/>.</summary>
    public IReadOnlyDictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?> For(
        string file, IReadOnlyList<ConfigMapReference> wanted)
    {
        var found = new Dictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?>();
        foreach (var reference in wanted)
        {
            if (byFile.TryGetValue((file, reference), out var data) || all.TryGetValue(reference, out data))
            {
                found[reference] = data;
            }
        }

        return found;
    }
}
