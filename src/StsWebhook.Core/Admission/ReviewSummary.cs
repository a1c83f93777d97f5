using System.Diagnostics.CodeAnalysis;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The decision on a review, for logs, metrics and traces. Immutable; it does not refer to the request's body, which may be
/// reused.
/// </summary>
public sealed record ReviewSummary
{
    private ReviewSummary()
    {
    }

    /// <summary>The problem of a body that is not a valid review, in one line of at most 256 characters; else null.</summary>
    public string? Error { get; private init; }

    /// <summary>Whether an answer was written.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAnswered => Error is null;

    /// <summary>Why the review could not be judged, as a clause of one line; null where it was judged.</summary>
    public string? Unjudged { get; private init; }

    /// <summary>The decision.</summary>
    public AdmissionDecision Decision { get; private init; }

    /// <summary>The identifier of the request.</summary>
    public string Uid { get; private init; } = string.Empty;

    /// <summary>The object's namespace.</summary>
    public string Namespace { get; private init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.DisplayName"/>
    public string Name { get; private init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.Owner"/>
    public string Owner { get; private init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.Resource"/>
    public string Resource { get; private init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.Operation"/>
    public string Operation { get; private init; } = string.Empty;

    /// <inheritdoc cref="AdmissionRequest.IsDryRun"/>
    public bool IsDryRun { get; private init; }

    /// <summary>The pod's region.</summary>
    public PodRegion Region { get; private init; }

    /// <summary>The findings of the configurable rules, in the order of the object.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>The enforcement that the findings were decided with.</summary>
    public Enforcement Enforcement { get; private init; }

    /// <summary>The names of the added variables, once for each container.</summary>
    public IReadOnlyList<string> InjectedVariables { get; private init; } = [];

    /// <summary>The code of a <see cref="SkipReason"/> for each container that did not get all variables.</summary>
    public IReadOnlyList<string> SkipReasons { get; private init; } = [];

    /// <summary>The result of a review that is not judged.</summary>
    internal static ReviewSummary From(ReviewHeader header, UnjudgedReason reason, AdmissionOutcome outcome) => new()
    {
        Unjudged = outcome.IsIgnored ? null : reason.Problem,
        Decision = outcome.Decision,
        Uid = header.Uid,
        Namespace = header.Namespace,
        Name = header.Name,
        Resource = header.Resource,
        Operation = header.Operation,
        IsDryRun = header.IsDryRun,
        Findings = outcome.PolicyFindings,
        Enforcement = outcome.Enforcement,
    };

    internal static ReviewSummary Invalid(string error) => new() { Error = error };

    internal static ReviewSummary From(AdmissionRequest request, AdmissionOutcome outcome) => new()
    {
        Decision = outcome.Decision,
        Uid = request.Uid,
        Namespace = request.Namespace,
        Name = request.DisplayName,
        Owner = request.Owner,
        Resource = request.Resource,
        Operation = request.Operation,
        IsDryRun = request.IsDryRun,
        Region = outcome.Region,
        Findings = outcome.PolicyFindings,
        Enforcement = outcome.Enforcement,
        InjectedVariables = outcome.HasPatch ? outcome.Injection.InjectedVariables : [],
        SkipReasons = outcome.IsDenied ? [] : outcome.Injection.SkipReasons,
    };
}
