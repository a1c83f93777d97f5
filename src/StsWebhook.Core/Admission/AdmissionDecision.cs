namespace StsWebhook.Core.Admission;

/// <summary>What became of a request. The names, in lower case, are metric labels; the gravest that fits is given.</summary>
public enum AdmissionDecision
{
    /// <summary>Nothing that concerns this webhook: an unknown kind, the update of a pod, a mirror pod.</summary>
    Ignored,

    /// <summary>Nothing to change.</summary>
    Allowed,

    /// <summary>Allowed with a patch.</summary>
    Patched,

    /// <summary>Allowed, with or without a patch, with admission warnings.</summary>
    Warned,

    /// <summary>Rejected.</summary>
    Denied,
}
