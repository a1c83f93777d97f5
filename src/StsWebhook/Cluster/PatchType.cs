namespace StsWebhook.Cluster;

/// <summary>
/// The media types of patches that the API server accepts (kubernetes.io/docs/reference/using-api/api-concepts).
/// </summary>
internal static class PatchType
{
    /// <summary>A list of operations (RFC 6902).</summary>
    public const string Json = "application/json-patch+json";

    /// <summary>A partial object that is merged into the stored one (RFC 7396).</summary>
    public const string Merge = "application/merge-patch+json";
}
