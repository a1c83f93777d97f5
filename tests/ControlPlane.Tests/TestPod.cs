using System.Text.Json.Nodes;

namespace ControlPlane.Tests;

/// <summary>Pods of one container, and what the API server made of them.</summary>
internal static class TestPod
{
    public static JsonObject Bare(string name, JsonArray? env = null)
    {
        var container = new JsonObject { ["name"] = "app", ["image"] = "example.com/app:1" };
        if (env is not null)
        {
            container["env"] = env;
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) },
        };
    }

    /// <summary>A pod as the DaemonSet controller makes it, for one node by its name.</summary>
    public static JsonObject ForNode(string name, string node)
    {
        var pod = Bare(name);
        pod["spec"]!["affinity"] = JsonNode.Parse($$$$$"""
            {"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
              {"matchFields":[{"key":"metadata.name","operator":"In","values":["{{{{{node}}}}}"]}]}]}}}
            """);
        return pod;
    }

    /// <summary>The entries of a container's <c>env</c>.</summary>
    public static IReadOnlyList<JsonNode> Env(JsonNode pod, string list = "containers") =>
        [.. pod["spec"]![list]![0]!["env"]?.AsArray().Select(entry => entry!) ?? []];

    /// <summary>The value of a variable; null where it has none, or one from elsewhere.</summary>
    public static string? Value(JsonNode pod, string variable, string list = "containers") =>
        (string?)Env(pod, list).Single(entry => (string?)entry["name"] == variable)["value"];

    /// <summary>The field that a variable reads.</summary>
    public static string? Field(JsonNode pod, string variable) =>
        (string?)Env(pod).Single(entry => (string?)entry["name"] == variable)["valueFrom"]?["fieldRef"]?["fieldPath"];

    public static string? NodeRegion(JsonNode pod) => (string?)pod["metadata"]!["annotations"]?["sts-webhook.io/node-region"];
}
