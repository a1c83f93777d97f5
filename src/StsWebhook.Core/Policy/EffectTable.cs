namespace StsWebhook.Core.Policy;

/// <summary>
/// Decides whether a finding rejects the object, warns, or is only recorded. This is the only place with that table; reviews,
/// <c>check</c> and <c>audit</c> use it:
/// <code>
/// enforcement  severity deny  severity warn  built-in rule
/// deny         Deny           Warn           Deny
/// warn         Warn           Warn           Deny
/// audit        AuditOnly      AuditOnly      Deny
/// </code>
/// A built-in rule (<see cref="Rule.BuiltIn"/>) finds a request to the webhook that cannot be met, so it rejects always.
/// </summary>
public static class EffectTable
{
    /// <summary>The effect of <paramref name="finding"/> in a namespace with <paramref name="enforcement"/>.</summary>
    public static Effect EffectOf(Finding finding, Enforcement enforcement) => enforcement switch
    {
        _ when !finding.Rule.IsConfigurable => Effect.Deny,
        Enforcement.Deny when finding.Severity == Severity.Deny => Effect.Deny,
        Enforcement.Audit => Effect.AuditOnly,
        _ => Effect.Warn,
    };
}
