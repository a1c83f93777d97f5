using System.Globalization;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Finds the lines of the fields in findings, for example <c>spec.containers[0].env[AWS_REGION].value</c>. Indexes each
/// node once, because one object may have many findings.
/// </summary>
/// <param name="root">The object.</param>
internal sealed class FieldLocator(ManifestNode root)
{
    /// <summary>More brackets than any real field or key has. Bounds the cost of a long name.</summary>
    private const int MaxBrackets = 16;

    private readonly Dictionary<ManifestNode, Dictionary<string, (ManifestNode Node, int Line)>> parts = [];

    /// <summary>
    /// The line of a field, counted from 1. If a part of the path does not exist, the line of the last part that does.
    /// </summary>
    public int LineOf(string field)
    {
        var (node, line) = (root, root.Line);
        for (var rest = field.AsSpan(); !rest.IsEmpty && Step(PartsOf(node), rest) is { } step; rest = rest[step.Length..])
        {
            (node, line) = (step.Node, step.Line);
        }

        return line;
    }

    private static (ManifestNode Node, int Line, int Length)? Step(
        Dictionary<string, (ManifestNode Node, int Line)> parts, ReadOnlySpan<char> field) =>
        field[0] == '[' ? Bracket(parts, field) : Member(parts, field);

    /// <summary>Resolves a member such as <c>.spec</c>. Names of API fields contain no dots or brackets.</summary>
    private static (ManifestNode Node, int Line, int Length)? Member(
        Dictionary<string, (ManifestNode Node, int Line)> parts, ReadOnlySpan<char> field)
    {
        var start = field[0] == '.' ? 1 : 0;
        var end = field[start..].IndexOfAny('.', '[') is >= 0 and var at ? start + at : field.Length;
        return parts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(field[start..end], out var part)
            ? (part.Node, part.Line, end)
            : null;
    }

    /// <summary>
    /// Resolves <c>[key]</c>. A key may itself contain dots and brackets, so the text is looked up instead of parsed; the
    /// longest existing key wins.
    /// </summary>
    private static (ManifestNode Node, int Line, int Length)? Bracket(
        Dictionary<string, (ManifestNode Node, int Line)> parts, ReadOnlySpan<char> field)
    {
        var lookup = parts.GetAlternateLookup<ReadOnlySpan<char>>();
        var end = field.Length;
        for (var i = 0; i < MaxBrackets && (end = field[..end].LastIndexOf(']')) > 0; i++)
        {
            if (lookup.TryGetValue(field[1..end], out var part))
            {
                return (part.Node, part.Line, end + 1);
            }
        }

        return null;
    }

    private Dictionary<string, (ManifestNode Node, int Line)> PartsOf(ManifestNode node)
    {
        if (parts.TryGetValue(node, out var known))
        {
            return known;
        }

        var found = new Dictionary<string, (ManifestNode, int)>(StringComparer.Ordinal);
        if (node is MappingNode mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                // A scalar is reported at its own line, a list or mapping at the line of its key.
                found[entry.Key] = (entry.Value, entry.Value is ScalarNode ? entry.Value.Line : entry.Line);
            }
        }
        else if (node is SequenceNode list)
        {
            // Items are addressed by name, as variables are, otherwise by index.
            foreach (var item in list.Items)
            {
                if ((item as MappingNode)?.Text("name") is { } name)
                {
                    found.TryAdd(name, (item, item.Line));
                }
            }

            for (var i = 0; i < list.Items.Count; i++)
            {
                found.TryAdd(i.ToString(CultureInfo.InvariantCulture), (list.Items[i], list.Items[i].Line));
            }
        }

        return parts[node] = found;
    }
}
