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
            throw new UnusableSettingException(
                $"{path}: expected a NodeList as 'kubectl get nodes -o json' prints it: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }

        if (list?.Items is null || list.Kind is not ("List" or "NodeList") || list.Items.Any(n => n?.Metadata?.Name is null))
        {
            throw new UnusableSettingException($"{path}: expected a NodeList as 'kubectl get nodes -o json' prints it");
        }

        return new NodeTable(list.Items.Select(ToNode));
    }

    private static Node ToNode(V1Node node) => Node.From(
        node.Metadata.Name,
        node.Metadata.Labels?.AsReadOnly() ?? new Dictionary<string, string>(StringComparer.Ordinal).AsReadOnly(),
        node.Spec?.ProviderID);
}
