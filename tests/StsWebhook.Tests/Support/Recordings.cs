using System.Text;
using System.Text.Json.Nodes;

namespace StsWebhook.Tests.Support;

/// <summary>Recorded reviews of a real API server, and the nodes of its cluster.</summary>
internal static class Recordings
{
    /// <summary>A pod without findings; it gets variables.</summary>
    public const string Sound = "pods-create-shell";

    /// <summary>A pod that names the global endpoint twice, in a variable and in its command.</summary>
    public const string Global = "pods-create-backfill";

    public static string Nodes => PathOf("nodes");

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "recordings", name + ".json");

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string Text(string name) => File.ReadAllText(PathOf(name));

    public static JsonNode Json(string name) => JsonNode.Parse(Text(name))!;

    /// <summary>Replaces the value at a JSON Pointer (RFC 6901); missing objects on the path are created.</summary>
    public static JsonNode With(this JsonNode review, string place, JsonNode? value)
    {
        var steps = place.Split('/')[1..].Select(step => step.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
        var node = review;
        foreach (var step in steps[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(step, null)]! : node[step] ??= new JsonObject();
        }

        if (node is JsonArray list)
        {
            list[int.Parse(steps[^1], null)] = value;
        }
        else
        {
            node[steps[^1]] = value;
        }

        return review;
    }

    public static JsonNode Without(this JsonNode review, string member)
    {
        review["request"]!.AsObject().Remove(member);
        return review;
    }

    public static byte[] Utf8(this JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
