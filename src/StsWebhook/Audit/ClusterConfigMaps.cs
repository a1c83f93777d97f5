using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Audit;

/// <summary>
/// The ConfigMaps of a cluster that variables of pods can read. There can be thousands, so each is stored as the
/// UTF-8 of a ConfigMap with <c>data</c> only.
/// </summary>
internal sealed class ClusterConfigMaps
{
    private readonly Dictionary<ConfigMapReference, byte[]> all = [];
    private readonly HashSet<string> complete = new(StringComparer.Ordinal);
    private bool isComplete;

    /// <summary>Stores a ConfigMap.</summary>
    public void Add(JsonElement json)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data"u8);
            foreach (var (key, value) in ConfigMapData.Parse(json).Values)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        var live = new LiveObject(json);
        all[new ConfigMapReference(live.Namespace, live.Name)] = buffer.Written.ToArray();
    }

    /// <summary>
    /// Marks a namespace, or with null the cluster, as read completely: any other ConfigMap in it does not exist.
    /// </summary>
    public void Complete(string? @namespace)
    {
        isComplete |= @namespace is null;
        complete.Add(@namespace ?? string.Empty);
    }

    /// <summary>Looks the ConfigMaps of a pod up.</summary>
    public ConfigMapSet Lookup(IReadOnlyList<ConfigMapReference> references)
    {
        if (references.Count == 0)
        {
            return ConfigMapSet.Empty;
        }

        var found = new Dictionary<ConfigMapReference, ConfigMapLookup>();
        foreach (var reference in references)
        {
            if (all.TryGetValue(reference, out var utf8))
            {
                using var document = JsonDocument.Parse(utf8);
                found[reference] = ConfigMapLookup.Known(ConfigMapData.Parse(document.RootElement));
            }
            else if (isComplete || complete.Contains(reference.Namespace))
            {
                found[reference] = ConfigMapLookup.Absent;
            }
        }

        return new ConfigMapSet(found);
    }
}
