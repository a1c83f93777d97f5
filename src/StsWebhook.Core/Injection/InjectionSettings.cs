namespace StsWebhook.Core.Injection;

/// <summary>What to inject beyond the three variables.</summary>
public sealed record InjectionSettings
{
    /// <summary>Whether the region is injected at all; false leaves it to the pods, and the mode is still set.</summary>
    public bool Region { get; init; } = true;

    /// <summary>Further variables, in the order in which they come.</summary>
    public IReadOnlyList<ExtraVariable> ExtraVariables { get; init; } = [];
}
