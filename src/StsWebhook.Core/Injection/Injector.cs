using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Injection;

/// <summary>Works out what is to be added to a pod, and never anything else than additions.</summary>
internal sealed class Injector(InjectionSettings settings, ConfigMapView configMaps)
{
    /// <summary>Plans a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">Those of its containers that may still change.</param>
    /// <param name="region">The pod's region.</param>
    /// <param name="canAnnotate">Whether the API server keeps a change of annotations: not on a subresource.</param>
    public InjectionPlan Plan(Pod pod, List<Container> containers, PodRegion region, bool canAnnotate)
    {
        if (pod.Labels.Is(PodKeys.Inject, "disabled"u8))
        {
            return new InjectionPlan(
                pod.Json, [.. containers.Select(c => ContainerInjection.None(c, SkipReason.PodLabel))], nodeRegion: null, []);
        }

        List<string>? warnings = null;
        var skip = Names(pod.Annotations.Text(PodKeys.SkipContainers));
        var injector = new ContainerInjector(settings, configMaps, region);
        var plans = new List<ContainerInjection>(containers.Count);
        foreach (var container in containers)
        {
            plans.Add(skip?.Contains(container.Name) == true
                ? ContainerInjection.None(container, SkipReason.Annotation)
                : injector.Plan(container));
        }

        if (region.Source == RegionSource.None && plans.Exists(p => p.Skipped == SkipReason.NoRegion))
        {
            (warnings ??= []).Add(InjectionPlan.NoRegion);
        }

        var nodeRegion = canAnnotate ? PlanAnnotation(pod, plans, region, ref warnings) : null;
        return new InjectionPlan(pod.Json, plans, nodeRegion, (IReadOnlyList<string>?)warnings ?? []);
    }

    /// <summary>
    /// The value that the node-region annotation must get, or null where nobody reads it or it is right already.
    /// Whoever reads it must find a region: a reference to a missing annotation is an empty string.
    /// </summary>
    private static string? PlanAnnotation(
        Pod pod, List<ContainerInjection> plans, PodRegion region, ref List<string>? warnings)
    {
        var present = pod.Annotations.Text(PodKeys.NodeRegion);
        var isRead = plans.Exists(p => p.Variables.Exists(v => v.Source is VariableSource.Binding)
            || new ContainerEnvironment(p.Container).Reads(VariableSource.Binding.Field));
        var wanted = isRead ? region.Name : null;
        if (present is not null && present != wanted)
        {
            (warnings ??= []).Add($"annotation {PodKeys.NodeRegionText} is set by the webhook when the pod gets its node: "
                + "take it out of the manifest");
        }

        return wanted == present ? null : wanted;
    }

    /// <summary>A set, since both the list and the containers may be many; null where there is no list.</summary>
    private static HashSet<string>? Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
