using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;

namespace StsWebhook.Telemetry;

/// <summary>The words of the core as label values.</summary>
internal static class Labels
{
    /// <summary>As in the webhook's path.</summary>
    public static string Name(this Webhook webhook) => webhook switch
    {
        Webhook.Mutate => "mutate",
        Webhook.Validate => "validate",
        _ => "bind",
    };

    /// <summary>As in the metric's label <c>decision</c>.</summary>
    public static string Name(this AdmissionDecision verdict) => verdict switch
    {
        AdmissionDecision.Patched => "patched",
        AdmissionDecision.Allowed => "allowed",
        AdmissionDecision.Warned => "warned",
        AdmissionDecision.Denied => "denied",
        _ => "ignored",
    };

    /// <summary>As in the settings.</summary>
    public static string Name(this Severity severity) => severity switch
    {
        Severity.Deny => "deny",
        Severity.Warn => "warn",
        _ => "off",
    };

    /// <summary>As in the webhook's path.</summary>
    public static string Name(this Enforcement enforcement) => enforcement switch
    {
        Enforcement.Deny => "deny",
        Enforcement.Warn => "warn",
        _ => "audit",
    };
}
