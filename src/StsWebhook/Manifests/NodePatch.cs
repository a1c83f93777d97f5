using System.Globalization;
using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Applies an injection patch to a manifest: JSON Patch (RFC 6902) with <c>add</c> operations only. YAML aliases share
/// nodes, so each changed node is copied once.
/// </summary>
internal sealed class NodePatch
{
    /// <summary>The depth of a manifest plus two levels for the array of operations and the operation.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = JsonInput.MaxDepth + 2 };

    private readonly Dictionary<ManifestNode, List<ManifestNode>> items = [];
    private readonly Dictionary<ManifestNode, List<MappingEntry>> entries = [];

    private NodePatch()
    {
    }

    /// <summary>Applies a patch and returns the changed copy.</summary>
    /// <param name="root">The object.</param>
    /// <param name="pod">The member names from the object to the pod that the patch applies to.</param>
    /// <param name="patch">The JSON Patch as UTF-8.</param>
    public static ManifestNode Apply(ManifestNode root, IReadOnlyList<string> pod, ReadOnlyMemory<byte> patch)
    {
        var copies = new NodePatch();
        using var operations = JsonDocument.Parse(patch, Deep);
        foreach (var operation in operations.RootElement.EnumerateArray())
        {
            var pointer = operation.GetProperty("path").GetString()!;
            string[] steps = [.. pod, .. pointer[1..].Split('/').Select(Unescape)];
            var value = new List<ManifestNode>();
            JsonReader.Read(Encoding.UTF8.GetBytes(operation.GetProperty("value").GetRawText()), value);
            root = copies.Add(root, steps, value[0]);
        }

        return root;
    }

    /// <summary>Adds a value and returns the copy of the node that contains it.</summary>
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

    /// <summary>Decodes a token of a JSON Pointer (RFC 6901, section 4).</summary>
    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
