using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Policy;

/// <summary>
/// A rule of the policy. Everything about one rule is in one file under <c>Policy/Rules</c>. Settings keys, the SARIF
/// rule table, metric labels and the table in docs/policy.md follow from <see cref="All"/>. Rules are immutable and
/// shared between threads.
/// </summary>
public abstract class Rule
{
    private protected Rule(string name, Severity defaultSeverity, string message, string summary)
    {
        Name = name;
        DefaultSeverity = defaultSeverity;
        Message = message;
        Summary = summary;
    }

    /// <summary>
    /// All rules, in the order of evaluation: the first rule that matches an entry reports it, even if that rule is
    /// switched off. <see cref="InvalidModeRule"/> is last, since it rejects every value of the mode that no rule
    /// before it explains.
    /// </summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        GlobalEndpointRule.Instance,
        LegacyModeRule.Instance,
        GlobalRegionRule.Instance,
        InjectionUndoneRule.Instance,
        AmbiguousHostRule.Instance,
        UnreadableRule.Instance,
        UnjudgedRule.Instance,
        CrossRegionRule.Instance,
        InvalidModeRule.Instance,
    ];

    /// <summary>
    /// The rules that settings cannot change: they find requests to the webhook that cannot be met, and reject under every
    /// enforcement. Metrics, logs and audit annotations do not count them as policy findings.
    /// </summary>
    public static IReadOnlyList<Rule> BuiltIn { get; } = [InvalidRegionRule.Instance];

    /// <summary>Whether settings can change the rule's severity; false for <see cref="BuiltIn"/> rules.</summary>
    public virtual bool IsConfigurable => true;

    /// <summary>The identifier in settings, messages and metrics, in kebab case.</summary>
    public string Name { get; }

    /// <summary>The severity of the rule's findings unless the settings contain another one.</summary>
    public Severity DefaultSeverity { get; }

    /// <summary>
    /// The problem, as a clause whose subject is the field: <c>sends STS calls to …</c>. It contains no semicolon.
    /// </summary>
    public string Message { get; }

    /// <summary>What the rule finds, in one Markdown sentence for docs/policy.md.</summary>
    public string Summary { get; }

    /// <summary>A rule whose finding for the same field makes this rule's finding redundant; null for none.</summary>
    internal virtual Rule? SupersededBy => null;

    /// <summary>The rule with the given <see cref="Name"/>; null if there is none.</summary>
    public static Rule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The next step for a finding, as an imperative clause.</summary>
    internal abstract string Remedy(in RemedyContext context);

    /// <summary>Whether a variable violates the rule because its value comes from a Secret.</summary>
    internal virtual bool MatchesSecret(string variable) => false;

    /// <summary>Checks the region variables of one container.</summary>
    /// <param name="variables">The variables whose values are known.</param>
    /// <param name="podRegion">The region of the pod; null while it is unknown or deferred.</param>
    /// <returns>The violation; null for none.</returns>
    internal virtual RegionViolation? FindRegionViolation(RegionVariables variables, string? podRegion) => null;
}
