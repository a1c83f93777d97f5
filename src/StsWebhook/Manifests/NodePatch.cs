using System.Globalization;
using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Applies a patch of the injection: JSON Patch (RFC 6902) with no operation but <c>add</c>. Nodes are shared where the
/// manifest has aliases, so what changes is copied, once for all operations.
/// </summary>
internal sealed class NodePatch
{
    /// <summary>A value is as deep as what a manifest may hold, within the list of operations and one of them.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonInput.MaxDepth + 2 };

    private readonly Dictionary<ManifestNode, List<ManifestNode>> items = [];
    private readonly Dictionary<ManifestNode, List<MappingEntry>> entries = [];

    private NodePatch()
    {
    }

    /// <summary>Applies a patch.</summary>
    /// <param name="root">The object.</param>
    /// <param name="pod">The steps from there to the pod that the patch is for.</param>
    /// <param name="patch">The patch.</param>
    public static ManifestNode Apply(ManifestNode root, IReadOnlyList<string> pod, ReadOnlyMemory<byte> patch)
    {
        var copies = new NodePatch();
        using var operations = JsonDocument.Parse(patch, Deep);
        foreach (var operation in operations.RootElement.EnumerateArray())
        {
            var pointer = operation.GetProperty("path").GetString()!;
            string[] steps = [.. pod, .. pointer[1..].Split('/').Select(Unescaped)];
            var value = new List<ManifestNode>();
            JsonReader.Read(Encoding.UTF8.GetBytes(operation.GetProperty("value").GetRawText()), value);
            root = copies.Add(root, steps, value[0]);
        }

        return root;
    }

    /// <summary>Adds a value, and returns the copy of the node that has it.</summary>
    private ManifestNode Add(ManifestNode node, ReadOnlySpan<string> steps, ManifestNode value) => node switch
    {
        MappingNode mapping => Add(mapping, steps, value),
        SequenceNode sequence => Add(sequence, steps, value),
        _ => throw new InvalidOperationException($"no list or mapping to add {steps[0]} to"),
    };

    private MappingNode Add(MappingNode mapping, ReadOnlySpan<string> steps, ManifestNode value)
    {
        if (!entries.TryGetValue(mapping, out var own))
        {
            own = [.. mapping.Entries];
            mapping = new MappingNode(mapping.Line, own);
            entries[mapping] = own;
        }

        var key = steps[0];
        var at = own.FindIndex(entry => entry.Key == key);
        if (steps.Length > 1)
        {
            own[at] = own[at] with { Value = Add(own[at].Value, steps[1..], value) };
        }
        else if (at >= 0)
        {
            own[at] = own[at] with { Value = value };
        }
        else
        {
            own.Add(new MappingEntry(key, mapping.Line, value));
        }

        return mapping;
    }

    private SequenceNode Add(SequenceNode sequence, ReadOnlySpan<string> steps, ManifestNode value)
    {
        if (!items.TryGetValue(sequence, out var own))
        {
            own = [.. sequence.Items];
            sequence = new SequenceNode(sequence.Line, own);
            items[sequence] = own;
        }

        var at = int.Parse(steps[0], CultureInfo.InvariantCulture);
        if (steps.Length > 1)
        {
            own[at] = Add(own[at], steps[1..], value);
        }
        else
        {
            own.Insert(at, value);
        }

        return sequence;
    }

    /// <summary>RFC 6901, 4.</summary>
    private static string Unescaped(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
