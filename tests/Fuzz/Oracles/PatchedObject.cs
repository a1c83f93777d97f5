using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>Applies a patch to an object with an independent library, and checks the patch.</summary>
internal sealed partial class PatchedObject
{
    private const string NodeRegion = "sts-webhook.io/node-region";

    private PatchedObject(JsonObject json) => Json = json;

    /// <summary>The patched object.</summary>
    public JsonObject Json { get; }

    /// <summary>Applies and checks a patch.</summary>
    /// <param name="before">The object, without duplicate member names.</param>
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

    /// <summary>Every added variable has a name and a non-empty value, and no name is added twice to a container.</summary>
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

    /// <summary>Removes the additions again, the last first: everything else must be unchanged and in the same place.</summary>
    private static void JudgeRest(JsonObject before, JsonObject after, JsonArray operations)
    {
        var rest = after.DeepClone();
        foreach (var operation in operations.Reverse())
        {
            var steps = ((string)operation!["path"]!)[1..].Split('/').Select(s => s.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
            var parent = steps[..^1].Aggregate(rest, (node, step) => node is JsonArray a ? a[int.Parse(step, null)]! : node[step]!);
            if (parent is JsonArray items)
            {
                Holds.That(JsonNode.DeepEquals(items[int.Parse(steps[^1], null)], operation["value"]), "an added value is where the patch says", operations);
                items.RemoveAt(int.Parse(steps[^1], null));
            }
            else if (Before(before, steps) is not (true, var own))
            {
                parent.AsObject().Remove(steps[^1]);
            }
            else
            {
                Holds.That(own is null || steps[^1] == NodeRegion, "a patch replaces only the annotation of this project", operations);
                parent[steps[^1]] = own?.DeepClone();
            }
        }

        Holds.Same(before.ToJsonString(), rest.ToJsonString(), "a patch changes only what it adds");
    }

    /// <summary>The member that the object had; null counts as absent.</summary>
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
