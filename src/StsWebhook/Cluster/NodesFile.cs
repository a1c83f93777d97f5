using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Regions;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>Reads nodes from a file, for use without a cluster.</summary>
internal static class NodesFile
{
    /// <summary>Reads a NodeList, as <c>kubectl get nodes -o json</c> prints it.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, or is not a NodeList.</exception>
    public static NodeTable Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Read(document.RootElement) ?? throw NotANodeList(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw NotANodeList(path,
                e.LineNumber is { } line ? $": line {line + 1}, byte {e.BytePositionInLine + 1}" : string.Empty);
        }
        catch (InvalidOperationException)
        {
            // JsonElement throws this if a value is of another type than the one requested.
            throw NotANodeList(path);
        }
    }

    private static NodeTable? Read(JsonElement list)
    {
        if (list.Text("kind"u8) is not ("List" or "NodeList")
            || list.Member("items"u8) is not { ValueKind: JsonValueKind.Array } items)
        {
            return null;
        }

        var parser = new NodeParser();
        var nodes = new List<Node>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            // kubectl writes the kind of each item into a List; the API server omits it in a NodeList.
            if (item.Text("kind"u8) is not (null or "Node") || parser.Parse(item) is not { } node)
            {
                return null;
            }

            nodes.Add(node);
        }

        return new NodeTable(nodes);
    }

    private static ConfigurationException NotANodeList(string path, string position = "") =>
        new($"{path}: expected a NodeList as 'kubectl get nodes -o json' prints it{position}");
}
