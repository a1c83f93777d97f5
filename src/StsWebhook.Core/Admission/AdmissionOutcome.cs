using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The outcome for an object, independent of its form as an answer, as output or as metrics. Its injection plan refers to the
/// object's JSON and is valid as long as its document.
/// </summary>
public sealed record AdmissionOutcome
{
    /// <summary>The outcome for an object that is not reviewed.</summary>
    public static AdmissionOutcome Ignored { get; } = new() { IsIgnored = true };

    /// <summary>All findings, those of built-in rules included, in the order of the object.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The enforcement of the object's namespace.</summary>
    public Enforcement Enforcement { get; init; }

    /// <summary>The pod's region; <see cref="RegionSource.None"/> where the object is not a pod.</summary>
    public PodRegion Region { get; init; }

    /// <summary>The additions to the pod.</summary>
    public InjectionPlan Injection { get; init; } = InjectionPlan.Nothing;

    /// <summary>The region to annotate a Binding with; null for none.</summary>
    public string? BoundRegion { get; init; }

    /// <summary>Advice for the author of the object, apart from the findings.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the object is not reviewed.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Each finding with its effect under the <see cref="Enforcement"/>.</summary>
    public IEnumerable<(Finding Finding, Effect Effect)> Effects =>
        Findings.Select(finding => (finding, EffectTable.EffectOf(finding, Enforcement)));

    /// <summary>The findings of the configurable rules, which metrics, logs and audit annotations count.</summary>
    public IReadOnlyList<Finding> PolicyFindings =>
        Findings.Any(finding => !finding.Rule.IsConfigurable)
            ? [.. Findings.Where(finding => finding.Rule.IsConfigurable)]
            : Findings;

    /// <summary>The findings that reject the object.</summary>
    public IEnumerable<Finding> Denials => With(Effect.Deny);

    /// <summary>Whether the object is rejected.</summary>
    public bool IsDenied => Has(Effect.Deny);

    /// <summary>Whether the answer contains a patch. A rejected object gets none.</summary>
    public bool HasPatch => !IsDenied && (BoundRegion is not null || !Injection.IsEmpty);

    /// <summary>
    /// The admission warnings, the most important ones first, since the API server truncates them: findings, then
    /// <see cref="Notes"/>, then the warnings of the injection. As
    /// <c>spec.containers[0].env[AWS_STS_REGIONAL_ENDPOINTS].value (container app) …; use regional … (legacy-mode)</c>.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
        HasWarnings ? [.. With(Effect.Warn).Select(finding => finding.ToString()), .. Notes, .. Injection.Warnings] : [];

    /// <summary>The decision on the object.</summary>
    public AdmissionDecision Decision =>
        IsIgnored ? AdmissionDecision.Ignored
        : IsDenied ? AdmissionDecision.Denied
        : HasWarnings ? AdmissionDecision.Warned
        : HasPatch ? AdmissionDecision.Patched
        : AdmissionDecision.Allowed;

    private bool HasWarnings => Notes.Count > 0 || Injection.Warnings.Count > 0 || Has(Effect.Warn);

    private bool Has(Effect effect) => Findings.Count > 0 && With(effect).Any();

    private IEnumerable<Finding> With(Effect effect) =>
        Findings.Where(finding => EffectTable.EffectOf(finding, Enforcement) == effect);
}
