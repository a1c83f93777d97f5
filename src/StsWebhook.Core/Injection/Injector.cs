using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Injection;

/// <summary>Plans the additions to a pod. Existing fields are never changed or removed.</summary>
internal sealed class Injector(InjectionSettings settings, ConfigMapView configMaps)
{
    /// <summary>Plans a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">The containers of the pod that the request can change.</param>
    /// <param name="region">The pod's region.</param>
    /// <param name="canAnnotate">Whether the API server accepts a change of annotations: it ignores one on a subresource.</param>
    public InjectionPlan Plan(Pod pod, List<Container> containers, PodRegion region, bool canAnnotate)
    {
        if (pod.Labels.Is(ProjectKeys.InjectUtf8, ProjectKeys.DisabledUtf8))
        {
            return new InjectionPlan(
                pod.Json, [.. containers.Select(c => ContainerInjection.None(c, SkipReason.PodLabel))], nodeRegion: null, []);
        }

        List<string>? warnings = null;
        var skip = Names(pod.Annotations.Text(ProjectKeys.SkipContainersUtf8));
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
            (warnings ??= []).Add(InjectionPlan.NoRegionWarning);
        }

        var nodeRegion = canAnnotate ? PlanAnnotation(pod, plans, region, ref warnings) : null;
        return new InjectionPlan(pod.Json, plans, nodeRegion, (IReadOnlyList<string>?)warnings ?? []);
    }

    /// <summary>
    /// The value to set the node-region annotation to; null if no container reads it or it is correct already. If a
    /// container reads a missing annotation, its variable is an empty string.
    /// </summary>
    private static string? PlanAnnotation(
        Pod pod, List<ContainerInjection> plans, PodRegion region, ref List<string>? warnings)
    {
        var present = pod.Annotations.Text(ProjectKeys.NodeRegionUtf8);
        var isRead = plans.Exists(p => p.Variables.Exists(v => v.Source is VariableSource.NodeRegionAnnotation)
            || new ContainerEnvironment(p.Container).Reads(VariableSource.NodeRegionAnnotation.Field));
        var expected = isRead ? region.Name : null;
        if (present is not null && present != expected)
        {
            (warnings ??= []).Add($"annotation {ProjectKeys.NodeRegion}: the webhook sets it when the pod is bound to a node; "
                + "remove it from the manifest");
        }

        return expected == present ? null : expected;
    }

    /// <summary>The names as a set, since both lists may be long; null if there is no annotation.</summary>
    private static HashSet<string>? Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
}
