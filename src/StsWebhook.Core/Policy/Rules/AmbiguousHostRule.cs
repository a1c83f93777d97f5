using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// The bare global host under a key that says neither that the host is called nor that it is only an identifier, and
/// <c>sts-global.REGION.amazonaws.com</c> anywhere: under that name a region serves calls of the global endpoint.
/// </summary>
internal sealed class AmbiguousHostRule() : TextRule(
    "ambiguous-host",
    Severity.Warn,
    message: "mentions a host of the global STS endpoint, but it is unclear whether it is called",
    summary: "The bare host where it is unclear whether it is called; `sts-global.<region>.amazonaws.com` anywhere.",
    new TextFilter([GlobalHost.Name, RegionalHost.GlobalPrefix]))
{
    /// <summary>The shared instance.</summary>
    public static AmbiguousHostRule Instance { get; } = new();

    /// <summary>A field that calls the global host needs no second finding that it also mentions the host.</summary>
    internal override Rule? SupersededBy => GlobalEndpointRule.Instance;

    /// <inheritdoc/>
    public override bool Matches(in ConfigEntry entry, string? podRegion) => GlobalHost.FindIn(entry.Value) switch
    {
        HostMention.None => RegionalHost.MentionsGlobal(entry.Value),
        HostMention.Bare => KeyClassifier.Classify(entry.Key) == KeyRole.Unclear,
        _ => false,
    };

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"if it is called, use {context.StsHost}";
}
