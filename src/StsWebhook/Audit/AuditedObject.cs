using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>
/// An object of the cluster and what the webhook would do with it. Holds no reference to the object's JSON, which is
/// reused for the next object.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The name.</param>
/// <param name="Owner">The object to edit in order to change this one.</param>
internal sealed record AuditedObject(string Kind, string Namespace, string Name, Owner Owner)
{
    /// <summary>The state of a pod; null for other kinds.</summary>
    public PodState? Pod { get; init; }

    /// <summary>Whether the pod would get the STS mode but no region, because its region cannot be determined.</summary>
    public bool LacksRegion { get; init; }

    /// <summary>The findings and advice for the object.</summary>
    public IReadOnlyList<ObjectFinding> Findings { get; init; } = [];

    /// <summary>The prefix of the pod's fields in finding paths, for example <c>spec.template.</c>; empty for a pod.</summary>
    public string PodPath { get; init; } = string.Empty;

    /// <summary>The reason why the object could not be reviewed, in one line; null if it was reviewed.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the webhook would reject the object.</summary>
    public bool IsDenied => Findings.Any(finding => finding.Level == FindingLevel.Error);

    /// <summary>Whether the webhook would allow the object with warnings.</summary>
    public bool IsWarned => !IsDenied && Findings.Any(finding => finding.Level == FindingLevel.Warning);
}
