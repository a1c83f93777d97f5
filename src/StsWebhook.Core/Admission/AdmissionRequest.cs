using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The request of an AdmissionReview, read in place (k8s.io/api/admission/v1/types.go). It lives as long as the
/// document that it was read from.
/// </summary>
public sealed class AdmissionRequest
{
    private const string Version = "admission.k8s.io/v1";

    private static readonly Shape ResourceShape = Shape.Object(
        ("group", Shape.String), ("version", Shape.String), ("resource", Shape.String), ("kind", Shape.String));

    private static readonly Shape RequestShape = Shape.Object(
        ("uid", Shape.String),
        ("kind", ResourceShape),
        ("resource", ResourceShape),
        ("subResource", Shape.String),
        ("namespace", Shape.String),
        ("operation", Shape.String),
        ("dryRun", Shape.Boolean),
        ("object", Shape.AnyObject),
        ("oldObject", Shape.AnyObject));

    private AdmissionRequest(JsonElement json)
    {
        Uid = json.Text("uid"u8) ?? string.Empty;
        var resource = json.Member("resource"u8).Text("resource"u8) ?? string.Empty;
        Resource = json.Text("subResource"u8) is { Length: > 0 } subresource ? $"{resource}/{subresource}" : resource;
        Group = json.Member("resource"u8).Text("group"u8) ?? string.Empty;
        Operation = json.Text("operation"u8) ?? string.Empty;
        Namespace = json.Text("namespace"u8) ?? string.Empty;
        IsDryRun = json.Member("dryRun"u8).ValueKind == JsonValueKind.True;
        Object = json.Member("object"u8);
        OldObject = json.Member("oldObject"u8);
    }

    /// <summary>Identifies the request; the answer repeats it.</summary>
    public string Uid { get; }

    /// <summary>The API group of the resource; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The resource with its subresource, as <c>pods</c> or <c>pods/ephemeralcontainers</c>.</summary>
    public string Resource { get; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public string Operation { get; }

    /// <summary>The object's namespace.</summary>
    public string Namespace { get; }

    /// <summary>Whether nothing will be kept of this request.</summary>
    public bool IsDryRun { get; }

    /// <summary>
    /// What to call the object. A pod of a controller has no name yet, so that the prefix of its name and its owner
    /// must do.
    /// </summary>
    public string DisplayName => ObjectName.From(Object);

    /// <summary>Kind and name of what made the object, as <c>ReplicaSet/ledger-64849658c8</c>; empty where nothing did.</summary>
    public string Owner
    {
        get
        {
            foreach (var owner in Object.Member("metadata"u8).Member("ownerReferences"u8).Items())
            {
                return $"{owner.Text("kind"u8)}/{owner.Text("name"u8)}";
            }

            return string.Empty;
        }
    }

    internal JsonElement Object { get; }

    internal JsonElement OldObject { get; }

    /// <summary>Reads the request of a review.</summary>
    /// <param name="review">The AdmissionReview.</param>
    /// <param name="error">What is wrong with it, in one line; null where nothing is.</param>
    internal static AdmissionRequest? Read(JsonElement review, out string? error)
    {
        error = Mismatch(review);
        return error is null ? new AdmissionRequest(review.Member("request"u8)) : null;
    }

    private static string? Mismatch(JsonElement review)
    {
        if (review.ValueKind != JsonValueKind.Object)
        {
            return $"expected an AdmissionReview of {Version}, found no object";
        }

        if (!review.Is("kind"u8, "AdmissionReview"u8))
        {
            return $"kind: expected AdmissionReview of {Version}";
        }

        if (!review.Is("apiVersion"u8, "admission.k8s.io/v1"u8))
        {
            return $"apiVersion: expected {Version}, the only version that this webhook speaks";
        }

        var request = review.Member("request"u8);
        return !request.Exists() ? "request: expected an object, found nothing"
            : RequestShape.Mismatch(request, "request")?.ToString()
            ?? (request.Text("uid"u8) is not { Length: > 0 } ? "request.uid: expected a string that is not empty, found none" : null);
    }
}
