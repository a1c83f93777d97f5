namespace StsWebhook.Cluster;

/// <summary>The media types of patches that the API server takes (kubernetes.io/docs/reference/using-api/api-concepts).</summary>
internal static class PatchType
{
    /// <summary>Operations, one after the other (RFC 6902).</summary>
    public const string Json = "application/json-patch+json";

    /// <summary>A part of the object, laid over it (RFC 7396).</summary>
    public const string Merge = "application/merge-patch+json";
}
