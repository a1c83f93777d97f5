namespace StsWebhook.Settings;

/// <summary>What managed certificates are called, and for whom they are made. The defaults are the Helm chart's names.</summary>
internal sealed record CertificateSettings
{
    /// <summary>The Secret that all replicas share.</summary>
    public string Secret { get; init; } = "sts-webhook-certificates";

    /// <summary>The Service that the API server calls.</summary>
    public string Service { get; init; } = "sts-webhook";

    /// <summary>The namespace of both; null for the pod's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name of the MutatingWebhookConfiguration and of the ValidatingWebhookConfiguration.</summary>
    public string WebhookConfiguration { get; init; } = "sts-webhook";

    /// <summary>Further host names and addresses, with commas between them, for configurations that name a URL instead of a Service.</summary>
    public string ExtraNames { get; init; } = string.Empty;
}
