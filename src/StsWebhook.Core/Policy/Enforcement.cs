namespace StsWebhook.Core.Policy;

/// <summary>
/// How the webhook enforces findings in a namespace. <see cref="EffectTable"/> has the effects, and the exception.
/// </summary>
public enum Enforcement
{
    /// <summary>
    /// Findings with the severity <see cref="Severity.Deny"/> reject the object, others become admission warnings.
    /// </summary>
    Deny,

    /// <summary>All findings become admission warnings.</summary>
    Warn,

    /// <summary>Findings appear only in audit annotations and metrics.</summary>
    Audit,
}
