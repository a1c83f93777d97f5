using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>An object with a patch applied to it, by a library that is not ours; and what must hold of patches.</summary>
internal sealed partial class PatchedObject
{
    private const string NodeRegion = "sts-webhook.io/node-region";

    private PatchedObject(JsonObject json) => Json = json;

    /// <summary>The object.</summary>
    public JsonObject Json { get; }

    /// <summary>Applies a patch, and judges it.</summary>
    /// <param name="before">The object, whose members all have names of their own.</param>
    /// <param name="patch">The patch.</param>
    public static PatchedObject Of(JsonObject before, byte[] patch)
    {
        var operations = DeepJson.Parse(patch)!.AsArray();
        Holds.That(operations.Count > 0, "a patch is not empty", () => "[]");
        foreach (var operation in operations)
        {
            Holds.That(
                operation!.AsObject() is { Count: 3 } o && (string)o["op"]! == "add" && o.ContainsKey("value") && Place().IsMatch((string)o["path"]!),
                "a patch only adds variables and the node's region",
                operation);
        }

        var after = before.DeepClone().AsObject();
        JsonSerializer.Deserialize<JsonPatchDocument>(patch, DeepJson.Options)!.ApplyTo(after);
        JudgeVariables(operations);
        JudgeRest(before, after, operations);
        return new PatchedObject(after);
    }

    /// <summary>Every variable that is added has a name and a value that is not empty, and no name twice in a container.</summary>
    private static void JudgeVariables(JsonArray operations)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            var path = (string)operation!["path"]!;
            var container = path[..Math.Max(path.IndexOf("/env", StringComparison.Ordinal), 0)];
            foreach (var entry in container.Length == 0 ? [] : operation["value"] as JsonArray ?? [operation["value"]!.DeepClone()])
            {
                Holds.That(names.Add($"{container} {entry!["name"]}"), "no variable is added twice", operations);
                Holds.That(
                    entry["valueFrom"] is JsonObject || ((string?)entry["value"])?.Length > 0, "no variable is added without a value", operations);
            }
        }
    }

    /// <summary>Takes the additions away again, the last first: everything else is as it was, and where it was.</summary>
    private static void JudgeRest(JsonObject before, JsonObject after, JsonArray operations)
    {
        var rest = after.DeepClone();
        foreach (var operation in operations.Reverse())
        {
            var steps = ((string)operation!["path"]!)[1..].Split('/').Select(s => s.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
            var parent = steps[..^1].Aggregate(rest, (node, step) => node is JsonArray a ? a[int.Parse(step, null)]! : node[step]!);
            if (parent is JsonArray items)
            {
                Holds.That(JsonNode.DeepEquals(items[int.Parse(steps[^1], null)], operation["value"]), "what is added is where the patch says", operations);
                items.RemoveAt(int.Parse(steps[^1], null));
            }
            else if (Before(before, steps) is not (true, var own))
            {
                parent.AsObject().Remove(steps[^1]);
            }
            else
            {
                Holds.That(own is null || steps[^1] == NodeRegion, "a patch replaces nothing but our own annotation", operations);
                parent[steps[^1]] = own?.DeepClone();
            }
        }

        Holds.Same(before.ToJsonString(), rest.ToJsonString(), "a patch changes nothing but what it adds");
    }

    /// <summary>Whether the object had a member, and which; a null is as good as none.</summary>
    private static (bool Exists, JsonNode? Value) Before(JsonNode node, string[] steps)
    {
        foreach (var step in steps[..^1])
        {
            var next = node is JsonArray a ? a[int.Parse(step, null)] : node[step];
            if (next is null)
            {
                return default;
            }

            node = next;
        }

        return node is JsonObject o && o.TryGetPropertyValue(steps[^1], out var value) ? (true, value) : default;
    }

    [GeneratedRegex(
        "^/spec/(containers|initContainers|ephemeralContainers)/[0-9]+/env(/[0-9]+)?$|^/metadata(/annotations(/sts-webhook.io~1node-region)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
