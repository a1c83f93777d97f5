using System.Globalization;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>Finds the line of a field that a finding names, as <c>spec.containers[0].env[AWS_REGION].value</c>.</summary>
internal static class FieldLocator
{
    /// <summary>The line of the field; where a part of the path is not there, that of the last part that is.</summary>
    public static int LineOf(ManifestNode root, string field) => Find(root, field, root.Line).Line;

    /// <summary>
    /// What a bracket holds is looked up, not parsed: a key may have dots and brackets itself. Of several ways the one
    /// that gets furthest is right.
    /// </summary>
    private static (int Left, int Line) Find(ManifestNode node, ReadOnlySpan<char> field, int line)
    {
        var best = (Left: field.Length, Line: line);
        if (field.IsEmpty)
        {
            return best;
        }

        if (node is MappingNode mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                if (Strip(field, entry.Key) is { } length)
                {
                    Take(ref best, Find(entry.Value, field[length..], LineOf(entry)));
                }
            }
        }
        else if (node is SequenceNode sequence)
        {
            for (var i = 0; i < sequence.Items.Count; i++)
            {
                var item = sequence.Items[i];
                var index = i.ToString(CultureInfo.InvariantCulture);
                if ((NameOf(item) is { } name ? Strip(field, name) : null) is { } byName)
                {
                    Take(ref best, Find(item, field[byName..], item.Line));
                }

                if (Strip(field, index) is { } byIndex)
                {
                    Take(ref best, Find(item, field[byIndex..], item.Line));
                }
            }
        }

        return best;
    }

    private static void Take(ref (int Left, int Line) best, (int Left, int Line) other)
    {
        if (other.Left < best.Left)
        {
            best = other;
        }
    }

    /// <summary>A text stands where it begins, anything larger at its key.</summary>
    private static int LineOf(MappingEntry entry) => entry.Value is ScalarNode ? entry.Value.Line : entry.Line;

    private static string? NameOf(ManifestNode item) => (item as MappingNode)?.Text("name");

    /// <summary>How long the step is with which a field begins, if it is <c>[key]</c>, <c>.key</c> or <c>key</c>.</summary>
    private static int? Strip(ReadOnlySpan<char> field, string key)
    {
        var start = field[0] is '[' or '.' ? 1 : 0;
        if (!field[start..].StartsWith(key))
        {
            return null;
        }

        var end = start + key.Length;
        if (field[0] == '[')
        {
            return end < field.Length && field[end] == ']' ? end + 1 : null;
        }

        return end == field.Length || field[end] is '.' or '[' ? end : null;
    }
}
