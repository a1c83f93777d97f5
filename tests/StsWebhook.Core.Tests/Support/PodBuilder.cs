using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Support;

/// <summary>Builds pods from the parts that a test needs.</summary>
internal sealed class PodBuilder
{
    private readonly JsonObject metadata = new() { ["name"] = "app" };
    private readonly JsonObject spec = new();

    public PodBuilder Label(string key, string value) => Add("labels", key, value);

    public PodBuilder Annotation(string key, string value) => Add("annotations", key, value);

    public PodBuilder Spec(string field, string json)
    {
        spec[field] = JsonNode.Parse(json);
        return this;
    }

    /// <summary>Adds a container; <paramref name="json"/> has its fields except the name.</summary>
    public PodBuilder Container(string json = "{}", string name = "app", string list = "containers")
    {
        var container = JsonNode.Parse(json)!.AsObject();
        container["name"] = name;
        spec[list] ??= new JsonArray();
        spec[list]!.AsArray().Add(container);
        return this;
    }

    public JsonObject Json() => new() { ["metadata"] = metadata.DeepClone(), ["spec"] = spec.DeepClone() };

    public Pod Build() => new(JsonElement.Parse(Json().ToJsonString()), Path: string.Empty);

    private PodBuilder Add(string field, string key, string value)
    {
        metadata[field] ??= new JsonObject();
        metadata[field]![key] = value;
        return this;
    }
}
