using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Support;

/// <summary>The reviewer's answer to a review, parsed and checked like the API server does.</summary>
internal sealed class Answer
{
    private readonly JsonObject review;
    private readonly JsonObject request;

    private Answer(JsonObject request, ReviewSummary result, ReadOnlySpan<byte> answer)
    {
        this.request = request;
        Result = result;
        review = JsonNode.Parse(answer)!.AsObject();
    }

    public ReviewSummary Result { get; }

    public string ApiVersion => (string)review["apiVersion"]!;

    public string Kind => (string)review["kind"]!;

    public JsonObject Response => review["response"]!.AsObject();

    public bool IsAllowed => (bool)Response["allowed"]!;

    public bool HasPatch => Response.ContainsKey("patch");

    public IReadOnlyList<string> Warnings =>
        Response["warnings"]?.AsArray().Select(warning => (string)warning!).ToArray() ?? [];

    public IReadOnlyDictionary<string, string> AuditAnnotations => Response["auditAnnotations"]?.AsObject()
        .ToDictionary(a => a.Key, a => (string)a.Value!, StringComparer.Ordinal) ?? [];

    /// <summary>The operations of the patch; empty if there is no patch.</summary>
    public JsonArray Patch => HasPatch
        ? JsonNode.Parse(Convert.FromBase64String((string)Response["patch"]!))!.AsArray()
        : [];

    /// <summary>The object of the request with the patch applied by an independent library.</summary>
    public JsonObject Patched
    {
        get
        {
            var target = request["request"]!["object"]!.DeepClone().AsObject();
            if (HasPatch)
            {
                JsonSerializer.Deserialize<JsonPatchDocument>(Convert.FromBase64String((string)Response["patch"]!))!
                    .ApplyTo(target);
            }

            return target;
        }
    }

    /// <summary>Sends a review to a webhook and reads the answer.</summary>
    public static Answer To(
        JsonObject review,
        Webhook webhook = Webhook.Mutate,
        NodeTable? nodes = null,
        ReviewSettings? settings = null,
        Enforcement? enforcement = null)
    {
        var answer = new ArrayBufferWriter<byte>();
        var result = new Reviewer(settings ?? new ReviewSettings()).Review(
            Encoding.UTF8.GetBytes(review.ToJsonString()), webhook, enforcement, nodes ?? NodeTable.Empty, answer);
        Assert.Null(result.Error);
        var read = new Answer(review, result, answer.WrittenSpan);

        // The API server rejects a patch without a type, and a type without a patch.
        Assert.Equal(read.HasPatch ? "JSONPatch" : null, (string?)read.Response["patchType"]);
        return read;
    }

    /// <summary>The same review with the patched object, as the API server sends it in a reinvocation.</summary>
    public JsonObject Again()
    {
        var again = request.DeepClone().AsObject();
        again["request"]!["object"] = Patched;
        return again;
    }
}
