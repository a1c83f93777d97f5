namespace StsWebhook.Core.Injection;

/// <summary>The settings of the injection. Immutable.</summary>
public sealed record InjectionSettings
{
    /// <summary>
    /// Whether the region is injected. If false, only the mode and the extra variables are. The default is true.
    /// </summary>
    public bool Region { get; init; } = true;

    /// <summary>Further variables, in the order of their entries; empty by default.</summary>
    public IReadOnlyList<ExtraVariable> ExtraVariables { get; init; } = [];
}
