namespace StsWebhook.Certificates.Managed;

/// <summary>The result of a reconciliation. Ordered: of several, the highest counts.</summary>
internal enum ReconcileResult
{
    /// <summary>Everything was in the desired state.</summary>
    Unchanged,

    /// <summary>Something was written.</summary>
    Updated,

    /// <summary>The service account lacks a permission.</summary>
    Forbidden,

    /// <summary>Another writer was faster; everything has to be read again.</summary>
    Conflict,
}
