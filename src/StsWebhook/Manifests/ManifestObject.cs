using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>A Kubernetes object in a file.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Document">The index of the YAML document, counted from 0.</param>
/// <param name="Path">The indexes in the enclosing lists, outermost first; empty if the document is the object.</param>
/// <param name="Node">The object.</param>
internal sealed record ManifestObject(string File, int Document, IReadOnlyList<int> Path, MappingNode Node)
{
    /// <summary>
    /// Returns the objects of a file: its documents, with lists replaced by their items. Documents that are not Kubernetes
    /// objects, such as Helm values, are skipped.
    /// </summary>
    public static IEnumerable<ManifestObject> In(ManifestFile file, List<ManifestError> errors)
    {
        for (var document = 0; document < file.Documents.Count; document++)
        {
            foreach (var found in In(file.Name, document, [], file.Documents[document], errors))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<ManifestObject> In(
        string file, int document, IReadOnlyList<int> path, ManifestNode node, List<ManifestError> errors)
    {
        if (node is ScalarNode { Kind: JsonValueKind.Null } || (node is SequenceNode && path.Count == 0))
        {
            yield break;
        }

        if (node is not MappingNode mapping)
        {
            errors.Add(new ManifestError(file, node.Line, "expected a Kubernetes object"));
        }
        else if (mapping.Text("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal)
            && mapping["items"] is SequenceNode items)
        {
            for (var i = 0; i < items.Items.Count; i++)
            {
                var item = WithKind(items.Items[i], mapping, kind[..^"List".Length]);
                foreach (var found in In(file, document, [.. path, i], item, errors))
                {
                    yield return found;
                }
            }
        }
        else if (mapping.Text("kind") is not null)
        {
            yield return new ManifestObject(file, document, path, mapping);
        }
    }

    /// <summary>Adds kind and version, which the API server omits in the items of a typed list such as a PodList.</summary>
    private static ManifestNode WithKind(ManifestNode item, MappingNode list, string kind) =>
        kind.Length > 0 && item is MappingNode mapping && mapping["kind"] is null && list["apiVersion"] is { } version
            ? new MappingNode(item.Line,
                [
                    new MappingEntry("apiVersion", item.Line, version),
                    new MappingEntry("kind", item.Line, new ScalarNode(item.Line, JsonValueKind.String, kind)),
                    .. mapping.Entries.Where(entry => entry.Key != "apiVersion"),
                ])
            : item;
}
