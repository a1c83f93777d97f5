using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Admission;

/// <summary>The settings of a review. Immutable.</summary>
public sealed record ReviewSettings
{
    /// <summary>Default region for pods whose region cannot be determined; null for none, which is the default.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>The settings of the policy.</summary>
    public PolicySettings Policy { get; init; } = new();

    /// <summary>The settings of the injection.</summary>
    public InjectionSettings Injection { get; init; } = new();
}
