using System.Text.Json.Nodes;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>Creates pods with one container, and reads the pods that the API server returns.</summary>
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

    /// <summary>A pod as the DaemonSet controller creates it, with an affinity for one node by name.</summary>
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

    /// <summary>The value of a variable; null if it has none or takes it from a source.</summary>
    public static string? Value(JsonNode pod, string variable, string list = "containers") =>
        (string?)Env(pod, list).Single(entry => (string?)entry["name"] == variable)["value"];

    /// <summary>The pod field that a variable takes its value from.</summary>
    public static string? Field(JsonNode pod, string variable) =>
        (string?)Env(pod).Single(entry => (string?)entry["name"] == variable)["valueFrom"]?["fieldRef"]?["fieldPath"];

    public static string? NodeRegion(JsonNode pod) => (string?)pod["metadata"]!["annotations"]?["sts-webhook.io/node-region"];
}
