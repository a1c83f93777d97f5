namespace StsWebhook.Core.Policy;

/// <summary>What becomes of findings, by namespace.</summary>
public enum Enforcement
{
    /// <summary>Grave findings reject, the others become admission warnings.</summary>
    Deny,

    /// <summary>All findings become admission warnings.</summary>
    Warn,

    /// <summary>Findings only show in audit annotations and metrics.</summary>
    Audit,
}
