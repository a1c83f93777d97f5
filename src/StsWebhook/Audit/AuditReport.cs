using StsWebhook.Output;

namespace StsWebhook.Audit;

/// <summary>The result of an audit.</summary>
/// <param name="Namespaces">The namespaces, sorted by name.</param>
/// <param name="Findings">The findings, sorted by level, then by the number of pods.</param>
/// <param name="Unread">The resources that could not be read.</param>
/// <param name="IsInterrupted">Whether the user interrupted the audit.</param>
internal sealed record AuditReport(
    IReadOnlyList<(AuditedNamespace Namespace, NamespaceCounts Counts)> Namespaces,
    IReadOnlyList<OwnerFinding> Findings,
    IReadOnlyList<ReadFailure> Unread,
    bool IsInterrupted)
{
    /// <summary>The sum over all namespaces.</summary>
    public NamespaceCounts Total { get; } = Namespaces.Aggregate(NamespaceCounts.None, (sum, n) => sum + n.Counts);

    /// <summary>2 if something could not be read, 1 if something would be denied, otherwise 0.</summary>
    public ExitCode ExitCode => Unread.Count > 0 ? ExitCode.Unusable : Total.HasDenials ? ExitCode.Found : ExitCode.Success;
}
