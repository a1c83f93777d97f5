using StsWebhook.Core.Policy.Text;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// The regional endpoint of a region other than the pod's; another region in the variables from which SDKs build the
/// name of the endpoint; or two regions in the two variables, so that the region depends on the SDK. Regions of
/// different partitions are never compared: they have separate accounts and credentials.
/// </summary>
internal sealed class CrossRegionRule() : TextRule(
    "cross-region",
    Severity.Warn,
    message: "sends STS calls to a different region than the pod runs in, so that the pod depends on both",
    summary: "The STS endpoint of another region than the pod's; another region in `AWS_REGION` or "
        + "`AWS_DEFAULT_REGION`, or different regions in the two.",
    new TextFilter([], RegionalHost.MightContain))
{
    /// <summary>The shared instance.</summary>
    public static CrossRegionRule Instance { get; } = new();

    /// <summary>
    /// A regional host is not suspicious by itself. Unlike the global host it needs a key of endpoints, or a URL under
    /// a key that does not make it a mere identifier.
    /// </summary>
    public override bool Matches(in ConfigEntry entry, string? podRegion)
    {
        if (podRegion is null || GlobalHost.FindIn(entry.Value) != HostMention.None)
        {
            return false;
        }

        return RegionalHost.FindOther(entry.Value, podRegion) switch
        {
            HostMention.Url => KeyClassifier.Classify(entry.Key) != KeyRole.Audience,
            HostMention.Bare => KeyClassifier.Classify(entry.Key) == KeyRole.Endpoint,
            _ => false,
        };
    }

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"use https://{context.StsHost} or remove the {context.Kind}";

    /// <summary>Two different regions are one violation, whichever of them is the pod's.</summary>
    internal override RegionViolation? FindRegionViolation(RegionVariables variables, string? podRegion)
    {
        if (variables is { Region: { } region, DefaultRegion: { } defaultRegion }
            && Partitions.AreDifferentRegionsOfOnePartition(defaultRegion.Value, region.Value))
        {
            return new RegionViolation(
                defaultRegion.Location,
                "names a different region than AWS_REGION: botocore uses AWS_DEFAULT_REGION, other SDKs use AWS_REGION",
                $"set both to {podRegion ?? "one region"} or remove both");
        }

        return (variables.Region ?? variables.DefaultRegion) is { } only
            && podRegion is not null
            && Partitions.AreDifferentRegionsOfOnePartition(only.Value, podRegion)
                ? new RegionViolation(only.Location, Message: null, $"use {podRegion} or remove the {only.Location.Kind}")
                : null;
    }
}
