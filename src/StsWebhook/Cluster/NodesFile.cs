using System.Text.Json;
using k8s;
using k8s.Models;
using StsWebhook.Core.Regions;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>Reads nodes from a file that stands in for a cluster.</summary>
internal static class NodesFile
{
    /// <summary>Reads a NodeList, as <c>kubectl get nodes -o json</c> prints it.</summary>
    /// <exception cref="UnusableSettingException">The file cannot be read, or is no such list.</exception>
    public static NodeTable Read(string path)
    {
        V1NodeList list;
        try
        {
            using var stream = File.OpenRead(path);
            list = KubernetesJson.Deserialize<V1NodeList>(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableSettingException($"{path}: cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw Unlike(path, e.LineNumber is { } line ? $": line {line + 1}, byte {e.BytePositionInLine + 1}" : string.Empty);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            // The client's readers of times and quantities throw these, also in fields that do not matter here.
            throw Unlike(path, $": {e.Message}");
        }

        if (list?.Items is null || list.Kind is not ("List" or "NodeList") || !list.Items.All(IsNode))
        {
            throw Unlike(path);
        }

        return new NodeTable(list.Items.Select(ToNode));
    }

    /// <summary>kubectl writes the kind of each item into a List, the API server leaves it out of a NodeList.</summary>
    private static bool IsNode(V1Node? node) => node is { Kind: null or "Node", Metadata.Name.Length: > 0 };

    private static UnusableSettingException Unlike(string path, string why = "") =>
        new($"{path}: expected a NodeList as 'kubectl get nodes -o json' prints it{why}");

    private static Node ToNode(V1Node node) => Node.From(
        node.Metadata.Name,
        node.Metadata.Labels?.AsReadOnly() ?? new Dictionary<string, string>(StringComparer.Ordinal).AsReadOnly(),
        node.Spec?.ProviderID);
}
