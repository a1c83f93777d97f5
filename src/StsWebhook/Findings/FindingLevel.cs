namespace StsWebhook.Findings;

/// <summary>The level of a finding in reports. The words are those of SARIF.</summary>
internal enum FindingLevel
{
    /// <summary>The finding appears only in audit annotations and metrics.</summary>
    Note,

    /// <summary>The finding becomes an admission warning.</summary>
    Warning,

    /// <summary>The finding rejects the object.</summary>
    Error,
}
