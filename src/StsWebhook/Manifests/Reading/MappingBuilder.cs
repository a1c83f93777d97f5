namespace StsWebhook.Manifests.Reading;

/// <summary>Puts a mapping together, of whose keys none may come twice.</summary>
internal sealed class MappingBuilder
{
    private readonly List<MappingEntry> entries = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private List<MappingNode>? merged;

    /// <summary>Adds an entry.</summary>
    /// <exception cref="UnusableManifestException">The key is there already.</exception>
    public void Add(MappingEntry entry)
    {
        if (!lines.TryAdd(entry.Key, entry.Line))
        {
            throw new UnusableManifestException(
                entry.Line, $"the key '{entry.Key}' comes twice: it is on line {lines[entry.Key]} already");
        }

        entries.Add(entry);
    }

    /// <summary>Merges another mapping in (yaml.org/type/merge.html): an own key wins, and so does an earlier merge.</summary>
    public void Merge(MappingNode other) => (merged ??= []).Add(other);

    /// <summary>The mapping.</summary>
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
