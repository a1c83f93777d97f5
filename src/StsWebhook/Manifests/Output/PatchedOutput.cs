using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests.Output;

/// <summary>
/// Writes the manifests as YAML with the variables that the webhook would add. Pod templates get the variables of their
/// pods. Objects that would be denied are not changed.
/// </summary>
internal static class PatchedOutput
{
    /// <summary>Writes all documents except empty ones.</summary>
    public static void Write(CheckReport report, TextWriter output)
    {
        var patches = report.Objects
            .Where(o => o.Patch.Length > 0)
            .ToLookup(o => (o.Source.File, o.Source.Document));
        foreach (var file in report.Files)
        {
            for (var i = 0; i < file.Documents.Count; i++)
            {
                if (file.Documents[i] is ScalarNode { Kind: JsonValueKind.Null })
                {
                    continue;
                }

                output.Write(YamlWriter.Write(Patched(file.Documents[i], [.. patches[(file.Name, i)]], level: 0)));
            }
        }
    }

    /// <summary>Applies the patches. A list is copied once for all of its changed items.</summary>
    private static ManifestNode Patched(ManifestNode node, IReadOnlyList<CheckedObject> objects, int level)
    {
        if (objects.Count == 0)
        {
            return node;
        }

        if (objects[0].Source.Path.Count == level)
        {
            return NodePatch.Apply(node, objects[0].PodPath, objects[0].Patch);
        }

        var list = (MappingNode)node;
        var byItem = objects.ToLookup(o => o.Source.Path[level]);
        var items = ((SequenceNode)list["items"]!).Items.Select((item, i) => Patched(item, [.. byItem[i]], level + 1));
        return new MappingNode(
            list.Line,
            [.. list.Entries.Select(entry =>
                entry.Key == "items" ? entry with { Value = new SequenceNode(entry.Line, [.. items]) } : entry)]);
    }
}
