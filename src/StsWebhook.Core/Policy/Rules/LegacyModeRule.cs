using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// The STS endpoint mode <c>legacy</c>, in any case: it selects the global endpoint in all regions that existed before
/// the mode did (docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html).
/// </summary>
internal sealed class LegacyModeRule() : TextRule(
    "legacy-mode",
    Severity.Deny,
    message: "sets the STS endpoint mode to legacy, which selects the global endpoint",
    summary: "`AWS_STS_REGIONAL_ENDPOINTS=legacy`, in any case, and the same setting in files and commands.",
    new TextFilter(KeyClassifier.ModeKeywords))
{
    /// <summary>The shared instance.</summary>
    public static LegacyModeRule Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Matches(in ConfigEntry entry, string? podRegion) =>
        entry.IsWhole && KeyClassifier.IsLegacy(entry.Value.AsSpan().Trim()) && KeyClassifier.IsEndpointMode(entry.Key);

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"use regional (lower case) or remove the {context.Kind}";
}
