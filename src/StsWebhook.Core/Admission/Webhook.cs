namespace StsWebhook.Core.Admission;

/// <summary>The webhooks. Their words are paths, metric labels and span names.</summary>
public enum Webhook
{
    /// <summary>Policy first, then injection.</summary>
    Mutate,

    /// <summary>Policy only.</summary>
    Validate,

    /// <summary>Annotates a Binding with the region of its node; the API server copies the annotation to the pod.</summary>
    Bind,
}
