namespace StsWebhook.Settings;

/// <summary>
/// The object names and host names of managed certificates. The defaults match the object names of the Helm chart.
/// </summary>
internal sealed record CertificateSettings
{
    /// <summary>The name of the Secret that all replicas share.</summary>
    public string Secret { get; init; } = "sts-webhook-certificates";

    /// <summary>The name of the Service that the API server calls.</summary>
    public string Service { get; init; } = "sts-webhook";

    /// <summary>The namespace of the Secret and the Service; null for the namespace of the pod.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name of the MutatingWebhookConfiguration and of the ValidatingWebhookConfiguration.</summary>
    public string WebhookConfiguration { get; init; } = "sts-webhook";

    /// <summary>
    /// Additional host names and IP addresses, separated by commas, for webhook configurations that use a URL instead of
    /// a Service.
    /// </summary>
    public string ExtraNames { get; init; } = string.Empty;
}
