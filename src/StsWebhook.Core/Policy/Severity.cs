namespace StsWebhook.Core.Policy;

/// <summary>How grave a finding is. Ordered: a cap takes the lesser of two.</summary>
public enum Severity
{
    /// <summary>The rule is switched off.</summary>
    Off,

    /// <summary>Worth a warning.</summary>
    Warn,

    /// <summary>Reason to reject.</summary>
    Deny,
}
