using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>The texts of a ConfigMap that can be values of variables. Immutable.</summary>
/// <param name="values">The texts by their keys.</param>
public sealed class ConfigMapData(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The longest value that is read, in characters: longer ones are files, not variables.</summary>
    public const int MaxValueLength = 16 * 1024;

    /// <summary>The texts by their keys.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>The length of all values, in characters.</summary>
    public long Length { get; } = values.Values.Sum(value => (long)value.Length);

    /// <summary>
    /// Reads the member <c>data</c> of a ConfigMap. Values that are too long or not strings are left out; of two entries
    /// with one key the later one counts.
    /// </summary>
    public static ConfigMapData Parse(JsonElement configMap)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in configMap.Member("data"u8).Members())
        {
            if (entry.Value.Text() is { Length: <= MaxValueLength } value)
            {
                values[entry.Name] = value;
            }
        }

        return new ConfigMapData(values);
    }
}
