using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>An object of Kubernetes in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Document">Which of the file's documents it stands in, counted from 0.</param>
/// <param name="Path">Its places in the lists that it stands in, the outermost first; none where the document is the object.</param>
/// <param name="Node">The object.</param>
internal sealed record ManifestObject(string File, int Document, IReadOnlyList<int> Path, MappingNode Node)
{
    /// <summary>
    /// The objects of a file: its documents, and the items of lists in their place. Documents that are no objects of
    /// Kubernetes, such as values for Helm, are not among them.
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
            errors.Add(new ManifestError(file, node.Line, "expected an object of Kubernetes, found none"));
        }
        else if (mapping.Text("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && mapping["items"] is SequenceNode items)
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

    /// <summary>The API server leaves kind and version out of the items of a typed list, such as a PodList.</summary>
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
