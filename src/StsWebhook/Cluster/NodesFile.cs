using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Regions;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>Reads nodes from a file that stands in for a cluster.</summary>
internal static class NodesFile
{
    /// <summary>Reads a NodeList, as <c>kubectl get nodes -o json</c> prints it.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or is no such list.</exception>
    public static NodeTable Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Read(document.RootElement) ?? throw Unlike(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw Unlike(path, e.LineNumber is { } line ? $": line {line + 1}, byte {e.BytePositionInLine + 1}" : string.Empty);
        }
        catch (InvalidOperationException)
        {
            // So an element answers who asks it for what it is not: a number for its text.
            throw Unlike(path);
        }
    }

    private static NodeTable? Read(JsonElement list)
    {
        if (list.Text("kind"u8) is not ("List" or "NodeList") || list.Member("items"u8) is not { ValueKind: JsonValueKind.Array } items)
        {
            return null;
        }

        var reader = new NodeParser();
        var nodes = new List<Node>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            // kubectl writes the kind of each item into a List, the API server leaves it out of a NodeList.
            if (item.Text("kind"u8) is not (null or "Node") || reader.Read(item) is not { } node)
            {
                return null;
            }

            nodes.Add(node);
        }

        return new NodeTable(nodes);
    }

    private static ConfigurationException Unlike(string path, string why = "") =>
        new($"{path}: expected a NodeList as 'kubectl get nodes -o json' prints it{why}");
}
