using System.Text.Json;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>Decides on objects: pods, what makes pods, and what pods read. Knows nothing of requests and answers.</summary>
internal sealed class PodReviewer(ReviewSettings settings, NodeTable nodes, Enforcement enforcement)
{
    /// <summary>Decides on a pod that is to be created: policy first, then injection.</summary>
    public Decision Create(JsonElement json, bool inject)
    {
        var pod = new Pod(json, Path: string.Empty);
        return pod.IsMirror ? Decision.Ignored : Decide(pod, pod.Containers(), inject, isWhole: true);
    }

    /// <summary>
    /// Decides on the ephemeral containers that an update adds. Everything else in the pod was decided on when it
    /// was created, and must not keep anyone from debugging it.
    /// </summary>
    public Decision AddEphemeralContainers(JsonElement json, JsonElement before, bool inject)
    {
        var pod = new Pod(json, Path: string.Empty);
        return Decide(pod, pod.EphemeralContainersSince(new Pod(before, Path: string.Empty)), inject, isWhole: false);
    }

    /// <summary>Decides on the pod template of a workload, by the policy only.</summary>
    public Decision ApplyWorkload(JsonElement template, string path)
    {
        var pod = new Pod(template, path + ".");
        var findings = new FindingCollector(settings.Policy, settings.Policy.Workloads, Resolve(pod, canDefer: true));
        PodPolicy.Judge(pod, findings);
        return new Decision { Enforcement = enforcement, Findings = findings.Findings };
    }

    /// <summary>Decides on a ConfigMap, by the policy only.</summary>
    public Decision ApplyConfigMap(JsonElement configMap)
    {
        var region = nodes.OnlyRegion ?? settings.DefaultRegion;
        var findings = new FindingCollector(
            settings.Policy,
            settings.Policy.ConfigMaps,
            new PodRegion(region is null ? RegionSource.None : RegionSource.Default, region));
        ConfigMapPolicy.Judge(configMap, findings);
        return new Decision { Enforcement = enforcement, Findings = findings.Findings };
    }

    private Decision Decide(Pod pod, IReadOnlyList<Container> containers, bool inject, bool isWhole)
    {
        if (isWhole && pod.Annotations.Text(PodKeys.Region) is { } demanded && !Partitions.IsRegion(demanded))
        {
            return new Decision
            {
                Enforcement = enforcement,
                Refusal = "metadata.annotations[sts-webhook.io/region] is no region of any AWS partition; "
                    + "use a name such as eu-west-1, or drop the annotation",
            };
        }

        var region = Resolve(pod, canDefer: isWhole);
        var findings = new FindingCollector(settings.Policy, Severity.Deny, region);
        if (isWhole)
        {
            PodPolicy.Judge(pod, findings);
        }
        else
        {
            PodPolicy.JudgeContainers(pod, containers, findings);
        }

        return new Decision
        {
            Enforcement = enforcement,
            Findings = findings.Findings,
            Region = region,
            Notes = isWhole ? PodKeys.Mistakes(pod) : [],
            Injection = inject
                ? new Injector(settings.Injection).Plan(pod, containers, region, canAnnotate: isWhole)
                : InjectionPlan.Nothing,
        };
    }

    private PodRegion Resolve(Pod pod, bool canDefer) =>
        RegionResolver.Resolve(pod, nodes, settings.DefaultRegion, canDefer);
}
