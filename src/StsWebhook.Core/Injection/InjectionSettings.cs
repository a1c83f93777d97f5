namespace StsWebhook.Core.Injection;

/// <summary>What to inject beyond the three variables.</summary>
public sealed record InjectionSettings
{
    /// <summary>Further variables, in the order in which they come.</summary>
    public IReadOnlyList<ExtraVariable> ExtraVariables { get; init; } = [];
}
