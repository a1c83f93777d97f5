namespace StsWebhook.Core.Policy;

/// <summary>Settings of the policy. Immutable and shared between threads.</summary>
public sealed record PolicySettings
{
    /// <summary>
    /// The enforcement in namespaces that do not choose their own. The default is <see cref="Enforcement.Deny"/>.
    /// </summary>
    public Enforcement Enforce { get; init; } = Enforcement.Deny;

    /// <summary>
    /// The highest severity of findings in the template of a workload. The default is <see cref="Severity.Warn"/>: a
    /// rejected pod of a controller shows only in events, while a warning about the workload shows at once in the client
    /// that applies it. An existing workload can still be scaled.
    /// </summary>
    public Severity Workloads { get; init; } = Severity.Warn;

    /// <summary>The highest severity of findings in a ConfigMap. The default is <see cref="Severity.Warn"/>.</summary>
    public Severity ConfigMaps { get; init; } = Severity.Warn;

    /// <summary>Severities of rules that differ from <see cref="Rule.DefaultSeverity"/>.</summary>
    public IReadOnlyDictionary<Rule, Severity> Rules { get; init; } = new Dictionary<Rule, Severity>();

    /// <summary>The severity of a rule under these settings.</summary>
    public Severity SeverityOf(Rule rule) => Rules.TryGetValue(rule, out var severity) ? severity : rule.DefaultSeverity;
}
