using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>The pseudo region <c>aws-global</c>, which resolves to the global host whatever the STS endpoint mode is.</summary>
internal sealed class GlobalRegionRule() : TextRule(
    "global-region",
    Severity.Deny,
    message: $"uses the pseudo region {PseudoRegion}, which resolves to the global STS endpoint",
    summary: "The pseudo region `aws-global`, which resolves to the global host even with the mode `regional`.",
    new TextFilter([PseudoRegion]))
{
    private const string PseudoRegion = "aws-global";

    /// <summary>The shared instance.</summary>
    public static GlobalRegionRule Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Matches(in ConfigEntry entry, string? podRegion) =>
        entry.IsWhole
        && entry.Value.AsSpan().Trim().Equals(PseudoRegion, StringComparison.OrdinalIgnoreCase)
        && KeyClassifier.IsRegion(entry.Key);

    /// <summary>
    /// A deferred or unknown region cannot be named, not even by <c>$(AWS_REGION)</c>, since the field may be that
    /// variable itself. Without the field the webhook injects the region.
    /// </summary>
    internal override string Remedy(in RemedyContext context) => context.SettledRegion is { } region
        ? $"use {region} or remove the {context.Kind}"
        : $"remove the {context.Kind}";
}
