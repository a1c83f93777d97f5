namespace StsWebhook.Certificates;

/// <summary>What came of a step; the graver ones later.</summary>
internal enum ReconcileResult
{
    /// <summary>All was as it should be.</summary>
    Nothing,

    /// <summary>Something was written.</summary>
    Wrote,

    /// <summary>We have no right to do it.</summary>
    Refused,

    /// <summary>Somebody else wrote in between; it is all to be read again.</summary>
    Overtaken,
}
