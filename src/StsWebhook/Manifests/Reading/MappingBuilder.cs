namespace StsWebhook.Manifests.Reading;

/// <summary>Builds a mapping and rejects duplicate keys.</summary>
internal sealed class MappingBuilder
{
    private readonly List<MappingEntry> entries = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private List<MappingNode>? merged;

    /// <summary>Adds an entry.</summary>
    /// <exception cref="UnusableManifestException">The mapping already has the key.</exception>
    public void Add(MappingEntry entry)
    {
        if (!lines.TryAdd(entry.Key, entry.Line))
        {
            throw new UnusableManifestException(
                entry.Line, $"duplicate key '{entry.Key}': already on line {lines[entry.Key]}");
        }

        entries.Add(entry);
    }

    /// <summary>
    /// Merges another mapping (yaml.org/type/merge.html). Own keys win over merged ones, earlier merges over later ones.
    /// </summary>
    public void Merge(MappingNode other) => (merged ??= []).Add(other);

    /// <summary>Returns the mapping with the merged keys.</summary>
    public MappingNode Build(int line)
    {
        foreach (var entry in merged?.SelectMany(mapping => mapping.Entries) ?? [])
        {
            if (lines.TryAdd(entry.Key, entry.Line))
            {
                entries.Add(entry);
            }
        }

        return new MappingNode(line, entries);
    }
}
