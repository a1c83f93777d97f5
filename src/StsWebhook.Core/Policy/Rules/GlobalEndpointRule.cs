using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>The host <c>sts.amazonaws.com</c> in a URL, or under a key whose value is the target of calls.</summary>
internal sealed class GlobalEndpointRule() : TextRule(
    "global-endpoint",
    Severity.Deny,
    message: $"sends STS calls to the global endpoint {GlobalHost.Name}, which depends on us-east-1",
    summary: "The host `sts.amazonaws.com` as the target of calls: in a URL, or under a key such as `STS_ENDPOINT`.",
    new TextFilter([GlobalHost.Name], SplitUrl.MightMention))
{
    /// <summary>The shared instance.</summary>
    public static GlobalEndpointRule Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Matches(in ConfigEntry entry, string? podRegion) => GlobalHost.FindIn(entry.Value) switch
    {
        HostMention.Url => true,
        HostMention.Bare => KeyClassifier.Classify(entry.Key) == KeyRole.Endpoint,
        _ => false,
    };

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"use https://{context.StsHost} or remove the {context.Kind}";
}
