using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;

namespace StsWebhook.Demo;

/// <summary>A recorded review, and the parts of its answer that are worth showing.</summary>
internal sealed class Review
{
    private readonly JsonNode request;

    private Review(string body)
    {
        Body = body;
        request = JsonNode.Parse(body)!["request"]!;
    }

    /// <summary>The recorded AdmissionReview.</summary>
    public string Body { get; }

    /// <summary>Operation, resource, name and author.</summary>
    public string Title
    {
        get
        {
            var metadata = request["object"]!["metadata"]!;
            var subresource = request["subResource"] is { } sub ? $"/{sub}" : string.Empty;
            var name = metadata["name"] ?? $"{metadata["generateName"]}*";
            return $"{request["operation"]} {request["resource"]!["resource"]}{subresource} {request["namespace"]}/{name} by {request["userInfo"]!["username"]}";
        }
    }

    /// <summary>Reads a recording.</summary>
    public static Review Read(string path) => new(File.ReadAllText(path));

    /// <summary>The change as a diff of YAML, or the denial as kubectl and events show it; then the warnings.</summary>
    public IEnumerable<string> Describe(string answer)
    {
        var response = JsonNode.Parse(answer)!["response"]!;
        var lines = (bool)response["allowed"]! ? Changes(response) : Denial(response);
        var warnings = response["warnings"]?.AsArray() ?? [];
        return lines.Concat(warnings.Select(w => $"Warning: {w}"));
    }

    private static string[] Denial(JsonNode response) =>
        $"Error from server (Forbidden): admission webhook \"mutate.sts-webhook.io\" denied the request: {response["status"]!["message"]}"
            .Split('\n');

    private IEnumerable<string> Changes(JsonNode response)
    {
        if (response["patch"] is not { } patch)
        {
            return ["allowed, no change"];
        }

        var before = request["object"]!.AsObject();
        before["metadata"]!.AsObject().Remove("managedFields");
        var after = before.DeepClone();
        JsonSerializer.Deserialize<JsonPatchDocument>(Convert.FromBase64String((string)patch!))!.ApplyTo(after);
        return YamlDiff.Between(before, after);
    }
}
