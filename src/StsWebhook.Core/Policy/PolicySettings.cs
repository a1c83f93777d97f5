namespace StsWebhook.Core.Policy;

/// <summary>What the policy does with what it finds.</summary>
public sealed record PolicySettings
{
    /// <summary>The enforcement of a namespace that does not choose its own.</summary>
    public Enforcement Enforce { get; init; } = Enforcement.Deny;

    /// <summary>
    /// The gravest that a finding in a workload's template may be. A rejected pod of a controller shows only in
    /// events, a warning shows at once to whoever applies the workload, and an old workload can still be scaled.
    /// </summary>
    public Severity Workloads { get; init; } = Severity.Warn;

    /// <summary>The gravest that a finding in a ConfigMap may be.</summary>
    public Severity ConfigMaps { get; init; } = Severity.Warn;

    /// <summary>Severities other than the rules' own.</summary>
    public IReadOnlyDictionary<Rule, Severity> Rules { get; init; } = new Dictionary<Rule, Severity>();

    /// <summary>The severity of a rule under these settings.</summary>
    public Severity SeverityOf(Rule rule) => Rules.TryGetValue(rule, out var severity) ? severity : rule.DefaultSeverity;
}
