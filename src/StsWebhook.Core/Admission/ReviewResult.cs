using System.Diagnostics.CodeAnalysis;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// What a review came to, for logs, metrics and traces. It outlives the body: nothing in it points there.
/// </summary>
public sealed record ReviewResult
{
    private ReviewResult()
    {
    }

    /// <summary>Why the body is no review, in one line; null where it is one.</summary>
    public string? Error { get; private init; }

    /// <summary>Whether an answer was written.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAnswered => Error is null;

    /// <summary>What became of the request.</summary>
    public AdmissionDecision Verdict { get; private init; }

    /// <summary>The request's identity.</summary>
    public string Uid { get; private init; } = string.Empty;

    /// <summary>The object's namespace.</summary>
    public string Namespace { get; private init; } = string.Empty;

    /// <summary>The object's name, or the prefix of the one it will get and an asterisk.</summary>
    public string Name { get; private init; } = string.Empty;

    /// <summary>Kind and name of what made the object; empty where nothing did.</summary>
    public string Owner { get; private init; } = string.Empty;

    /// <summary>The resource with its subresource.</summary>
    public string Resource { get; private init; } = string.Empty;

    /// <summary>The operation.</summary>
    public string Operation { get; private init; } = string.Empty;

    /// <summary>Whether nothing will be kept of the request.</summary>
    public bool IsDryRun { get; private init; }

    /// <summary>The pod's region.</summary>
    public PodRegion Region { get; private init; }

    /// <summary>What the policy found.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>What became of findings.</summary>
    public Enforcement Enforcement { get; private init; }

    /// <summary>The names of the variables that were added, one for each container that got it.</summary>
    public IReadOnlyList<string> InjectedVariables { get; private init; } = [];

    /// <summary>Why containers did not get everything: a <see cref="SkipReason"/> for each.</summary>
    public IReadOnlyList<string> SkipReasons { get; private init; } = [];

    internal static ReviewResult Unreadable(string error) => new() { Error = ResponseLimits.Line(error) };

    internal static ReviewResult From(AdmissionRequest request, Decision decision) => new()
    {
        Verdict = decision.Verdict,
        Uid = request.Uid,
        Namespace = request.Namespace,
        Name = request.DisplayName,
        Owner = request.Owner,
        Resource = request.Resource,
        Operation = request.Operation,
        IsDryRun = request.IsDryRun,
        Region = decision.Region,
        Findings = decision.Findings,
        Enforcement = decision.Enforcement,
        InjectedVariables = decision.HasPatch ? decision.Injection.InjectedVariables : [],
        SkipReasons = decision.IsDenied ? [] : decision.Injection.SkipReasons,
    };
}
