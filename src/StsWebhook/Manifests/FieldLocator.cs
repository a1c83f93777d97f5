using System.Globalization;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Finds the lines of fields that findings name, as <c>spec.containers[0].env[AWS_REGION].value</c>. It remembers what
/// it looked through, since one object may have many findings.
/// </summary>
/// <param name="root">The object.</param>
internal sealed class FieldLocator(ManifestNode root)
{
    /// <summary>More brackets than any field or any sensible key has; a bound on what a long name can cost.</summary>
    private const int MaxBrackets = 16;

    private readonly Dictionary<ManifestNode, Dictionary<string, (ManifestNode Node, int Line)>> parts = [];

    /// <summary>The line of the field; where a part of the path is not there, that of the last part that is.</summary>
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

    /// <summary>A member of the API, as <c>.spec</c>: these have no dots or brackets in their names.</summary>
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
    /// What a bracket holds is looked up, not parsed: a key may have dots and brackets itself. The longest that there
    /// is is meant.
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
                // A text stands where it begins, anything larger at its key.
                found[entry.Key] = (entry.Value, entry.Value is ScalarNode ? entry.Value.Line : entry.Line);
            }
        }
        else if (node is SequenceNode list)
        {
            // Items go by their names, as variables do, or else by their places.
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
