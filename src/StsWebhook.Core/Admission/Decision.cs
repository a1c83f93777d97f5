using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>What was decided on an object, before anyone words it for the wire, a terminal or a metric.</summary>
public sealed record Decision
{
    /// <summary>An object that does not concern this webhook.</summary>
    public static Decision Ignored { get; } = new() { IsIgnored = true };

    /// <summary>What the policy found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What becomes of findings.</summary>
    public Enforcement Enforcement { get; init; }

    /// <summary>A demand on the pod that cannot be met, which denies it whatever the policy says; or null.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The pod's region; none where the object is no pod.</summary>
    public PodRegion Region { get; init; }

    /// <summary>What is added to the pod.</summary>
    public InjectionPlan Injection { get; init; } = InjectionPlan.Nothing;

    /// <summary>The region that a Binding is annotated with, or null.</summary>
    public string? BoundRegion { get; init; }

    /// <summary>What the author of the object should know beside the findings.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the object does not concern this webhook.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>The findings that reject the object.</summary>
    public IEnumerable<Finding> Denials =>
        Enforcement == Enforcement.Deny ? Findings.Where(f => f.Severity == Severity.Deny) : [];

    /// <summary>Whether the object is rejected.</summary>
    public bool IsDenied => Refusal is not null || Denials.Any();

    /// <summary>Whether the answer carries a patch. A rejected object gets none.</summary>
    public bool HasPatch => !IsDenied && (BoundRegion is not null || !Injection.IsEmpty);

    /// <summary>The admission warnings: what was found but does not reject, then everything else worth knowing.</summary>
    public IEnumerable<string> Warnings => (Enforcement switch
    {
        Enforcement.Deny => Findings.Where(f => f.Severity == Severity.Warn),
        Enforcement.Warn => Findings,
        _ => [],
    }).Select(f => f.ToString()).Concat(Notes).Concat(Injection.Warnings);

    /// <summary>What became of the object.</summary>
    public Verdict Verdict =>
        IsIgnored ? Verdict.Ignored
        : IsDenied ? Verdict.Denied
        : Warnings.Any() ? Verdict.Warned
        : HasPatch ? Verdict.Patched
        : Verdict.Allowed;
}
