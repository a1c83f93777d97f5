namespace StsWebhook.Core.Policy;

/// <summary>
/// The effect of a finding on a request, under the enforcement of its namespace. <see cref="EffectTable"/> decides it.
/// </summary>
public enum Effect
{
    /// <summary>The finding appears only in audit annotations and metrics.</summary>
    AuditOnly,

    /// <summary>The finding becomes an admission warning.</summary>
    Warn,

    /// <summary>The finding rejects the object.</summary>
    Deny,
}
