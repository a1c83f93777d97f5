namespace StsWebhook.Core.Admission;

/// <summary>The decision on an object. Where several apply, the last one counts. The words are metric labels.</summary>
public enum AdmissionDecision
{
    /// <summary>Not reviewed: another kind, the update of a pod, a mirror pod.</summary>
    Ignored,

    /// <summary>Allowed without a change.</summary>
    Allowed,

    /// <summary>Allowed with a patch.</summary>
    Patched,

    /// <summary>Allowed, with or without a patch, with admission warnings.</summary>
    Warned,

    /// <summary>Denied.</summary>
    Denied,
}
