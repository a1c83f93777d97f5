using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>A finding shared by the pods of one owner, and by the owner's template if it still has it.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Owner">The object to edit.</param>
/// <param name="Finding">The first finding seen. Templates are read before pods, so it is the template's if there is one.</param>
/// <param name="Pods">The number of pods with the finding.</param>
/// <param name="Pod">The name of one of these pods; null if there is none.</param>
internal sealed record OwnerFinding(string Namespace, Owner Owner, ObjectFinding Finding, int Pods, string? Pod)
{
    /// <summary>The owner for messages: kind, namespace and name.</summary>
    public string Title => $"{Owner.Kind} {Namespace}/{Owner.Name}";

    /// <summary>Adds the pods of the same finding and owner.</summary>
    public OwnerFinding With(OwnerFinding other) => this with { Pods = Pods + other.Pods, Pod = Pod ?? other.Pod };
}
