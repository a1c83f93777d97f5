using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>A finding that all pods of one owner share, and its template too where it still has it.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Owner">What to edit.</param>
/// <param name="Finding">The finding, as it was first seen: in the template rather than in a pod.</param>
/// <param name="Pods">How many pods show it.</param>
/// <param name="Pod">One of them, or null.</param>
internal sealed record OwnerFinding(string Namespace, Owner Owner, ObjectFinding Finding, int Pods, string? Pod)
{
    /// <summary>What to call the owner.</summary>
    public string Title => $"{Owner.Kind} {Namespace}/{Owner.Name}";

    /// <summary>Adds what others of the same owner show.</summary>
    public OwnerFinding With(OwnerFinding other) => this with { Pods = Pods + other.Pods, Pod = Pod ?? other.Pod };
}
