using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace StsWebhook.Core.Regions;

/// <summary>
/// The labels of a node, sorted by key. Immutable. Uses a third of the memory of a <see cref="Dictionary{TKey, TValue}"/>,
/// which matters for thousands of nodes with about thirty labels each.
/// </summary>
public sealed class LabelDictionary : IReadOnlyDictionary<string, string>, IEquatable<LabelDictionary>
{
    private readonly string[] keys;
    private readonly string[] values;

    /// <summary>Copies labels given in any order. If two have the same key, the later one is kept.</summary>
    public LabelDictionary(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels)
        {
            sorted[key] = value;
        }

        keys = [.. sorted.Keys];
        values = [.. sorted.Values];
    }

    /// <summary>No labels.</summary>
    public static LabelDictionary Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => keys.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => values;

    /// <inheritdoc/>
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var index = IndexOf(key);
        value = index < 0 ? null : values[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public bool Equals(LabelDictionary? other) =>
        other is not null && keys.AsSpan().SequenceEqual(other.keys) && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelDictionary);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (key, value) in this)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < keys.Length; i++)
        {
            yield return KeyValuePair.Create(keys[i], values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key) => Array.BinarySearch(keys, key, StringComparer.Ordinal);
}
