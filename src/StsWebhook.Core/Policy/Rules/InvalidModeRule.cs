using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// An STS endpoint mode that is neither <c>regional</c> nor <c>legacy</c>. Most SDKs ignore case; botocore raises on
/// <c>Regional</c>, so only lower case is valid. A value that contains a reference is unknown until run time.
/// </summary>
internal sealed class InvalidModeRule() : TextRule(
    "invalid-mode",
    Severity.Warn,
    message: "is not a valid STS endpoint mode: some SDKs fail, others treat it as legacy",
    summary: "Any mode other than `regional` and `legacy`: some SDKs fail, others treat it as `legacy`.",
    new TextFilter(KeyClassifier.ModeKeywords))
{
    /// <summary>The shared instance.</summary>
    public static InvalidModeRule Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Matches(in ConfigEntry entry, string? podRegion)
    {
        if (entry is not { IsWhole: true, IsRemoved: false }
            || entry.Value.Contains('$', StringComparison.Ordinal)
            || !KeyClassifier.IsEndpointMode(entry.Key))
        {
            return false;
        }

        var mode = entry.Value.AsSpan().Trim();
        return mode is not Variables.Regional && !KeyClassifier.IsLegacy(mode);
    }

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"use regional (lower case) or remove the {context.Kind}";
}
