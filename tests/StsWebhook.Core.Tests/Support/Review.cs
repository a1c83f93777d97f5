using System.Text.Json.Nodes;

namespace StsWebhook.Core.Tests.Support;

/// <summary>Admission reviews of objects that are not in a recording.</summary>
internal static class Review
{
    public const string Uid = "c8b1f4a2-0000-4000-8000-000000000001";

    public static JsonObject OfPod(JsonObject pod) => Of("", "pods", "CREATE", pod);

    public static JsonObject OfConfigMap(JsonObject configMap) => Of("", "configmaps", "CREATE", configMap);

    public static JsonObject OfEphemeralContainers(JsonObject pod, JsonObject before)
    {
        var review = Of("", "pods", "UPDATE", pod);
        review["request"]!["subResource"] = "ephemeralcontainers";
        review["request"]!["oldObject"] = before;
        return review;
    }

    public static JsonObject OfBinding(JsonObject binding)
    {
        var review = Of("", "pods", "CREATE", binding);
        review["request"]!["subResource"] = "binding";
        return review;
    }

    public static JsonObject Of(string group, string resource, string operation, JsonObject? of) => new()
    {
        ["apiVersion"] = "admission.k8s.io/v1",
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = Uid,
            ["resource"] = new JsonObject { ["group"] = group, ["version"] = "v1", ["resource"] = resource },
            ["namespace"] = "payments",
            ["operation"] = operation,
            ["object"] = of,
        },
    };
}
