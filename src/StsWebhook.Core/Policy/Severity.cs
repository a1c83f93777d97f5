namespace StsWebhook.Core.Policy;

/// <summary>The severity of a finding. Ordered: a cap is the minimum of two severities.</summary>
public enum Severity
{
    /// <summary>The rule is switched off: no finding.</summary>
    Off,

    /// <summary>The finding is a warning.</summary>
    Warn,

    /// <summary>The finding rejects the object where the enforcement is <see cref="Enforcement.Deny"/>.</summary>
    Deny,
}
