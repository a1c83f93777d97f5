using StsWebhook.Output;

namespace StsWebhook.Audit;

/// <summary>What an audit came to.</summary>
/// <param name="Namespaces">The namespaces by name.</param>
/// <param name="Findings">The findings, the gravest and most frequent first.</param>
/// <param name="Unread">What could not be read.</param>
/// <param name="IsInterrupted">Whether somebody ended it before its end.</param>
internal sealed record AuditReport(
    IReadOnlyList<(AuditedNamespace Namespace, NamespaceCounts Counts)> Namespaces,
    IReadOnlyList<OwnerFinding> Findings,
    IReadOnlyList<ReadFailure> Unread,
    bool IsInterrupted)
{
    /// <summary>All namespaces together.</summary>
    public NamespaceCounts Total { get; } = Namespaces.Aggregate(NamespaceCounts.None, (sum, n) => sum + n.Counts);

    /// <summary>2 where something could not be read, else 1 where something would be denied, else 0.</summary>
    public ExitCode ExitCode => Unread.Count > 0 ? ExitCode.Unusable : Total.HasDenials ? ExitCode.Found : ExitCode.Success;
}
