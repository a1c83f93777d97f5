using System.Globalization;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>Finds the line of a field that a finding names, as <c>spec.containers[0].env[AWS_REGION].value</c>.</summary>
internal static class FieldLocator
{
    /// <summary>The line of the field; where a part of the path is not there, that of the last part that is.</summary>
    public static int LineOf(ManifestNode root, string field)
    {
        var (node, line) = (root, root.Line);
        for (var rest = field.AsSpan(); !rest.IsEmpty && Step(node, rest) is { } step; rest = rest[step.Length..])
        {
            (node, line) = (step.Node, step.Line);
        }

        return line;
    }

    private static (ManifestNode Node, int Line, int Length)? Step(ManifestNode node, ReadOnlySpan<char> field) => node switch
    {
        MappingNode mapping when field[0] == '[' => Longest(mapping.Entries.Select(e => (e.Key, e.Value, LineOf(e))), field),
        MappingNode mapping => Member(mapping, field),
        SequenceNode list when field[0] == '[' => Longest(NamesOf(list), field),
        _ => null,
    };

    /// <summary>A member of the API, as <c>.spec</c>: these have no dots or brackets in their names.</summary>
    private static (ManifestNode Node, int Line, int Length)? Member(MappingNode mapping, ReadOnlySpan<char> field)
    {
        var start = field[0] == '.' ? 1 : 0;
        var end = field[start..].IndexOfAny('.', '[') is >= 0 and var at ? start + at : field.Length;
        foreach (var entry in mapping.Entries)
        {
            if (field[start..end].SequenceEqual(entry.Key))
            {
                return (entry.Value, LineOf(entry), end);
            }
        }

        return null;
    }

    /// <summary>
    /// What a bracket holds is looked up, not parsed: a key may have dots and brackets itself. Since nothing in
    /// brackets follows such a key, the longest that fits is meant.
    /// </summary>
    private static (ManifestNode Node, int Line, int Length)? Longest(
        IEnumerable<(string Key, ManifestNode Node, int Line)> candidates, ReadOnlySpan<char> field)
    {
        (ManifestNode Node, int Line, int Length)? best = null;
        foreach (var (key, node, line) in candidates)
        {
            var length = key.Length + 2;
            if (length > (best?.Length ?? 0) && length <= field.Length && field[length - 1] == ']' && field[1..].StartsWith(key))
            {
                best = (node, line, length);
            }
        }

        return best;
    }

    /// <summary>Items go by their names, as variables do, or else by their places.</summary>
    private static IEnumerable<(string Key, ManifestNode Node, int Line)> NamesOf(SequenceNode list) =>
        list.Items
            .Select(item => (Name: (item as MappingNode)?.Text("name"), Item: item))
            .Concat(list.Items.Select((item, i) => (Name: (string?)i.ToString(CultureInfo.InvariantCulture), Item: item)))
            .Where(candidate => candidate.Name is not null)
            .Select(candidate => (candidate.Name!, candidate.Item, candidate.Item.Line));

    /// <summary>A text stands where it begins, anything larger at its key.</summary>
    private static int LineOf(MappingEntry entry) => entry.Value is ScalarNode ? entry.Value.Line : entry.Line;
}
