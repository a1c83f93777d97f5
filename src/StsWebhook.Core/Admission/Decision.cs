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
    public Rejection? Refusal { get; init; }

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
    public IEnumerable<Finding> Denials => Findings.Where(Denies);

    /// <summary>Whether the object is rejected.</summary>
    public bool IsDenied => Refusal is not null || (Findings.Count > 0 && Findings.Any(Denies));

    /// <summary>Whether the answer carries a patch. A rejected object gets none.</summary>
    public bool HasPatch => !IsDenied && (BoundRegion is not null || !Injection.IsEmpty);

    /// <summary>The admission warnings: what was found but does not reject, then everything else worth knowing.</summary>
    public IReadOnlyList<string> Warnings =>
        HasWarnings ? [.. Findings.Where(Warns).Select(f => f.ToString()), .. Notes, .. Injection.Warnings] : [];

    /// <summary>What became of the object.</summary>
    public AdmissionDecision Verdict =>
        IsIgnored ? AdmissionDecision.Ignored
        : IsDenied ? AdmissionDecision.Denied
        : HasWarnings ? AdmissionDecision.Warned
        : HasPatch ? AdmissionDecision.Patched
        : AdmissionDecision.Allowed;

    private bool HasWarnings => Notes.Count > 0 || Injection.Warnings.Count > 0 || (Findings.Count > 0 && Findings.Any(Warns));

    private bool Denies(Finding finding) => Enforcement == Enforcement.Deny && finding.Severity == Severity.Deny;

    private bool Warns(Finding finding) => Enforcement switch
    {
        Enforcement.Deny => finding.Severity == Severity.Warn,
        Enforcement.Warn => true,
        _ => false,
    };
}
