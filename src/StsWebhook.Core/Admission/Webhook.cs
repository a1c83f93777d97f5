namespace StsWebhook.Core.Admission;

/// <summary>The three webhooks.</summary>
public enum Webhook
{
    /// <summary>Policy first, then injection.</summary>
    Mutate,

    /// <summary>Policy only.</summary>
    Validate,

    /// <summary>Tells a pod its node's region when it is bound.</summary>
    Bind,
}
