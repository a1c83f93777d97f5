namespace StsWebhook.Findings;

/// <summary>What a finding means for whoever asks. The names, in lower case, are SARIF's.</summary>
internal enum FindingLevel
{
    /// <summary>It only shows in the audit log and in metrics.</summary>
    Note,

    /// <summary>It becomes an admission warning.</summary>
    Warning,

    /// <summary>It rejects the pod.</summary>
    Error,
}
