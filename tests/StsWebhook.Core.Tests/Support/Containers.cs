using System.Text.Json.Nodes;

namespace StsWebhook.Core.Tests.Support;

/// <summary>The containers of a pod's JSON, in any of the three lists.</summary>
internal static class Containers
{
    public static readonly string[] Lists = ["initContainers", "containers", "ephemeralContainers"];

    public static IEnumerable<JsonObject> Of(JsonObject pod) => Lists
        .SelectMany(list => pod["spec"]?[list]?.AsArray() ?? [])
        .Select(container => container!.AsObject());

    public static JsonObject Named(JsonObject pod, string name) => Of(pod).Single(c => (string?)c["name"] == name);

    /// <summary>The entries of <c>env</c>.</summary>
    public static IReadOnlyList<JsonObject> Env(JsonObject container) =>
        container["env"]?.AsArray().Select(entry => entry!.AsObject()).ToArray() ?? [];

    public static string[] EnvNames(JsonObject container) => [.. Env(container).Select(entry => (string?)entry["name"] ?? "")];

    /// <summary>The entry that the kubelet uses: the last one with the name.</summary>
    public static JsonObject? Entry(JsonObject container, string name) =>
        Env(container).LastOrDefault(entry => (string?)entry["name"] == name);

    public static string? Value(JsonObject container, string name) => (string?)Entry(container, name)?["value"];
}
