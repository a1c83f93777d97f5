using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The request of an AdmissionReview (k8s.io/api/admission/v1/types.go), read in place: valid as long as the document of the
/// review.
/// </summary>
public sealed class AdmissionRequest
{
    private const string Version = "admission.k8s.io/v1";
    private const string OtherKind = $"kind: expected AdmissionReview of {Version}";
    private const string OtherVersion = $"apiVersion: expected {Version}, the only version that this webhook supports";
    private const string NoRequest = "request: expected an object, found nothing";
    private const string NoUid = "request.uid: expected a string that is not empty, found none";

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

    /// <summary>The identifier of the request, which the answer repeats.</summary>
    public string Uid { get; }

    /// <summary>The API group of the resource; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The resource with its subresource, as <c>pods</c> or <c>pods/ephemeralcontainers</c>.</summary>
    public string Resource { get; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public string Operation { get; }

    /// <summary>The object's namespace.</summary>
    public string Namespace { get; }

    /// <summary>Whether the API server will not store the object.</summary>
    public bool IsDryRun { get; }

    /// <summary>
    /// The object's name. A pod of a controller has no name yet: this is then the prefix of its name and an asterisk.
    /// </summary>
    public string DisplayName => ObjectName.Find(Object);

    /// <summary>
    /// Kind and name of the object's first owner, as <c>ReplicaSet/ledger-64849658c8</c>; empty where it has none.
    /// </summary>
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
    /// <param name="request">The request; null where the review is not valid.</param>
    /// <param name="error">The first problem, in one line; null where there is none.</param>
    internal static bool TryRead(
        JsonElement review, [NotNullWhen(true)] out AdmissionRequest? request, [NotNullWhen(false)] out string? error)
    {
        error = FindProblem(review);
        request = error is null ? new AdmissionRequest(review.Member("request"u8)) : null;
        return error is null;
    }

    /// <summary>
    /// Why a body is not a review that can be answered, in one line; null where it is. An answer needs the uid, and the API
    /// server accepts an answer only in the version of the request.
    /// </summary>
    internal static string? FindProblem(string kind, string version, bool hasRequest, string uid) =>
        kind != "AdmissionReview" ? OtherKind
        : version != Version ? OtherVersion
        : !hasRequest ? NoRequest
        : uid.Length == 0 ? NoUid
        : null;

    private static string? FindProblem(JsonElement review)
    {
        if (review.ValueKind != JsonValueKind.Object)
        {
            return $"expected an AdmissionReview of {Version}, found another JSON value";
        }

        if (!review.Is("kind"u8, "AdmissionReview"u8))
        {
            return OtherKind;
        }

        if (!review.Is("apiVersion"u8, "admission.k8s.io/v1"u8))
        {
            return OtherVersion;
        }

        var request = review.Member("request"u8);
        if (!request.Exists())
        {
            return NoRequest;
        }

        if (RequestShape.Mismatch(request, "request") is { } mismatch)
        {
            return mismatch.ToString();
        }

        return request.Text("uid"u8) is { Length: > 0 } ? null : NoUid;
    }
}
