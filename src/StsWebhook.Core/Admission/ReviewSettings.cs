using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Admission;

/// <summary>What a review goes by, apart from the object and the cluster.</summary>
public sealed record ReviewSettings
{
    /// <summary>The region of pods of which nothing else tells it; null for none.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>The policy.</summary>
    public PolicySettings Policy { get; init; } = new();

    /// <summary>The injection.</summary>
    public InjectionSettings Injection { get; init; } = new();
}
