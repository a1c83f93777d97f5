using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>Reviews of objects that are not in a recording.</summary>
internal static class PolicyCase
{
    /// <summary>The cases of the policy, by name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = JsonNode
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "policy-cases.json")))!.AsArray()
        .ToDictionary(c => c!["name"]!.ToString(), c => c!["object"]!.AsObject(), StringComparer.Ordinal);

    public static JsonNode Review(JsonObject pod) =>
        Recordings.Json(Recordings.Sound).With("/request/object", pod.DeepClone());

    public static JsonNode ReviewOfConfigMap(JsonObject data) => Recordings.Json("configmaps-create-aws-config")
        .With("/request/object/data", data.DeepClone());

    /// <summary>All strings of an object.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => Texts(m.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
