using System.Text.Json.Nodes;

namespace StsWebhook.Tests.Support;

/// <summary>Recorded reviews, changed as a test requires.</summary>
internal static class ClusterReview
{
    public const string Namespace = "payments";

    /// <summary>A pod with one container; <paramref name="container"/> has additional fields of the container.</summary>
    public static JsonNode Pod(string container = "{}")
    {
        var review = Recordings.Json(Recordings.Sound);
        foreach (var (field, value) in JsonNode.Parse(container)!.AsObject())
        {
            review.With($"/request/object/spec/containers/0/{field}", value?.DeepClone());
        }

        return review;
    }

    /// <summary>A pod that may only run on the node with this name.</summary>
    public static JsonNode PodFor(string node) =>
        Pod().With("/request/object/spec/nodeSelector", new JsonObject { ["kubernetes.io/hostname"] = node });

    /// <summary>A Binding to a node, in the form of API servers before 1.35: without labels.</summary>
    public static JsonNode Binding(string node)
    {
        var review = Recordings.Json("pods-binding-create-shell").With("/request/object/target/name", node);
        review["request"]!["object"]!["metadata"]!.AsObject().Remove("labels");
        return review;
    }

    /// <summary>The variables that an answer adds to the pod's container, with value or source as JSON.</summary>
    public static IReadOnlyDictionary<string, string> Variables(this Answer answer)
    {
        var patch = answer.Patch is { } text ? JsonNode.Parse(text)!.AsArray() : [];
        return patch
            .Where(operation => ((string)operation!["path"]!).StartsWith("/spec/containers/0/env", StringComparison.Ordinal))
            .SelectMany(operation => operation!["value"] as JsonArray ?? [operation["value"]!.DeepClone()])
            .ToDictionary(
                entry => (string)entry!["name"]!,
                entry => (string?)entry!["value"] ?? entry["valueFrom"]!.ToJsonString(),
                StringComparer.Ordinal);
    }

    public static string? Audit(this Answer answer, string key) => (string?)answer.Response["auditAnnotations"]?[key];
}
