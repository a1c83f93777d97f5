using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>An object of the cluster and what the webhook would make of it. Nothing in here points to the object's JSON.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">What to edit, where it is to be another.</param>
internal sealed record AuditedObject(string Kind, string Namespace, string Name, Owner Owner)
{
    /// <summary>What becomes of it, where it is a pod.</summary>
    public PodState? Pod { get; init; }

    /// <summary>Whether it would get variables but no region, since nothing tells it.</summary>
    public bool LacksRegion { get; init; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<ObjectFinding> Findings { get; init; } = [];

    /// <summary>What stands before the pod's own fields in the fields of findings, as <c>spec.template.</c>.</summary>
    public string PodPath { get; init; } = string.Empty;

    /// <summary>Why it could not be judged, in one line; null where it could.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it would be rejected.</summary>
    public bool IsDenied => Findings.Any(finding => finding.Level == FindingLevel.Error);

    /// <summary>Whether it would be let through with warnings.</summary>
    public bool IsWarned => !IsDenied && Findings.Any(finding => finding.Level == FindingLevel.Warning);
}
