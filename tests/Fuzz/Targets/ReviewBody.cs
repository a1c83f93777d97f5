using System.Text;
using System.Text.Json.Nodes;

namespace StsWebhook.Fuzz.Targets;

/// <summary>Creates bodies of reviews.</summary>
internal static class ReviewBody
{
    /// <summary>Returns a review of the creation of an object.</summary>
    public static byte[] Of(string group, string resource, JsonNode created) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["apiVersion"] = "admission.k8s.io/v1",
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = "c8b1f4a2-0000-4000-8000-000000000001",
            ["resource"] = new JsonObject { ["group"] = group, ["version"] = "v1", ["resource"] = resource },
            ["namespace"] = "payments",
            ["operation"] = "CREATE",
            ["object"] = created.DeepClone(),
        },
    }.ToJsonString());
}
