using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy;

/// <summary>What to do about a finding: with the very host or region of the pod, right for its partition.</summary>
internal static class Remedy
{
    /// <summary>The remedy for what <paramref name="rule"/> found in <paramref name="place"/>, an imperative clause.</summary>
    public static string For(Rule rule, FieldLocation place, PodRegion region)
    {
        var name = NameOf(region);
        var host = region.Partition.StsHost(name);
        return rule == Rule.GlobalEndpoint || rule == Rule.CrossRegion ? $"use https://{host}, or drop the {place.Noun}"
            : rule == Rule.GlobalRegion ? GlobalRegion(place, region)
            : rule == Rule.AmbiguousHost ? $"if it is dialled, use {host}"
            : rule == Rule.InjectionUndone ? $"pass {string.Join(", ", Variables.Injected.Order(StringComparer.Ordinal))} on"
            : rule == Rule.Unreadable ? $"drop the {place.Noun}, or give its value in the pod"
            : $"use regional in lower case, or drop the {place.Noun}";
    }

    /// <summary>A region that is still to be told cannot be named in its own variable; without one it is injected.</summary>
    private static string GlobalRegion(FieldLocation place, PodRegion region) =>
        region.IsDeferred || region.Name is null
            ? $"drop the {place.Noun}"
            : $"use {region.Name}, or drop the {place.Noun}";

    /// <summary>
    /// Where the node is still to be chosen, the injected variable names its region: the kubelet expands the
    /// reference in variables and commands.
    /// </summary>
    private static string NameOf(PodRegion region) => region.IsDeferred ? "$(AWS_REGION)" : region.Name ?? "<region>";
}
