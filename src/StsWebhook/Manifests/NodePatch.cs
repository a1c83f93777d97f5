using System.Globalization;
using System.Text;
using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Applies patches of the injection: JSON Patch (RFC 6902) with no operation but <c>add</c>. Nodes are shared where the
/// manifest has aliases, so what changes is copied.
/// </summary>
internal static class NodePatch
{
    /// <summary>Applies a patch.</summary>
    /// <param name="root">The object.</param>
    /// <param name="pod">The steps from there to the pod that the patch is for.</param>
    /// <param name="patch">The patch.</param>
    public static ManifestNode Apply(ManifestNode root, IReadOnlyList<string> pod, ReadOnlyMemory<byte> patch)
    {
        using var operations = JsonDocument.Parse(patch);
        foreach (var operation in operations.RootElement.EnumerateArray())
        {
            var pointer = operation.GetProperty("path").GetString()!;
            string[] steps = [.. pod, .. pointer[1..].Split('/').Select(Unescaped)];
            var value = new List<ManifestNode>();
            JsonReader.Read(Encoding.UTF8.GetBytes(operation.GetProperty("value").GetRawText()), value);
            root = Add(root, steps, value[0]);
        }

        return root;
    }

    private static ManifestNode Add(ManifestNode node, ReadOnlySpan<string> steps, ManifestNode value) => node switch
    {
        MappingNode mapping => Add(mapping, steps, value),
        SequenceNode sequence => Add(sequence, steps, value),
        _ => throw new InvalidOperationException($"no list or mapping to add {steps[0]} to"),
    };

    private static MappingNode Add(MappingNode mapping, ReadOnlySpan<string> steps, ManifestNode value)
    {
        var entries = mapping.Entries.ToList();
        var key = steps[0];
        var at = entries.FindIndex(entry => entry.Key == key);
        if (steps.Length > 1)
        {
            entries[at] = entries[at] with { Value = Add(entries[at].Value, steps[1..], value) };
        }
        else if (at >= 0)
        {
            entries[at] = entries[at] with { Value = value };
        }
        else
        {
            entries.Add(new MappingEntry(key, mapping.Line, value));
        }

        return new MappingNode(mapping.Line, entries);
    }

    private static SequenceNode Add(SequenceNode sequence, ReadOnlySpan<string> steps, ManifestNode value)
    {
        var items = sequence.Items.ToList();
        var at = int.Parse(steps[0], CultureInfo.InvariantCulture);
        if (steps.Length > 1)
        {
            items[at] = Add(items[at], steps[1..], value);
        }
        else
        {
            items.Insert(at, value);
        }

        return new SequenceNode(sequence.Line, items);
    }

    /// <summary>RFC 6901, 4.</summary>
    private static string Unescaped(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
