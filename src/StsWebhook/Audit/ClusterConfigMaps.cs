using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Audit;

/// <summary>The ConfigMaps that variables of pods may come from. There may be thousands, so they are kept as bytes.</summary>
internal sealed class ClusterConfigMaps
{
    /// <summary>Longer values are files, not variables; the webhook does not read them either.</summary>
    private const int MaxValue = 16 * 1024;

    private readonly Dictionary<ConfigMapReference, byte[]> all = [];
    private readonly HashSet<string> complete = new(StringComparer.Ordinal);
    private bool isComplete;

    /// <summary>Keeps one.</summary>
    public void Add(JsonElement json)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            foreach (var entry in json.Member("data"u8).Members())
            {
                if (entry.Value.Text() is { Length: <= MaxValue } value)
                {
                    writer.WriteString(entry.Name, value);
                }
            }

            writer.WriteEndObject();
        }

        var of = new LiveObject(json);
        all[new ConfigMapReference(of.Namespace, of.Name)] = buffer.Written.ToArray();
    }

    /// <summary>All of a namespace were kept, or all of the cluster: any other does not exist.</summary>
    public void Complete(string? @namespace)
    {
        isComplete |= @namespace is null;
        complete.Add(@namespace ?? string.Empty);
    }

    /// <summary>What is known of those that a pod asks for.</summary>
    public IReadOnlyDictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?> For(IReadOnlyList<ConfigMapReference> wanted)
    {
        var found = new Dictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?>();
        foreach (var reference in wanted)
        {
            if (all.TryGetValue(reference, out var data))
            {
                found[reference] = Read(data);
            }
            else if (isComplete || complete.Contains(reference.Namespace))
            {
                found[reference] = null;
            }
        }

        return found;
    }

    private static Dictionary<string, string> Read(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.EnumerateObject()
            .GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .ToDictionary(entries => entries.Key, entries => entries.Last().Value.GetString()!, StringComparer.Ordinal);
    }
}
