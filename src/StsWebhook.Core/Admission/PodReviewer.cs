using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>Decides on subjects: pods, what makes pods, what pods read. Knows nothing of requests and answers.</summary>
internal sealed class PodReviewer(ReviewSettings settings, ClusterSnapshot cluster, Enforcement enforcement, bool inject)
{
    /// <summary>Decides.</summary>
    public Decision Decide(ReviewTarget subject) => subject switch
    {
        ReviewTarget.NewPod s => DecidePod(s.Pod, s.Containers, s.Namespace, isWhole: true),
        ReviewTarget.NewEphemeralContainers s => DecidePod(s.Pod, s.Containers, s.Namespace, isWhole: false),
        ReviewTarget.Workload s => DecideWorkload(s.Template),
        ReviewTarget.ConfigMap s => DecideConfigMap(s),
        ReviewTarget.PodBinding s => DecideBinding(s),
        _ => Decision.Ignored,
    };

    /// <summary>Policy first, then injection.</summary>
    private Decision DecidePod(Pod pod, List<Container> containers, string @namespace, bool isWhole)
    {
        if (isWhole && pod.Annotations.Text(PodKeys.Region) is { } demanded && !Partitions.IsRegion(demanded))
        {
            return new Decision
            {
                Enforcement = enforcement,
                Refusal = new Rejection(
                    Rejection.InvalidRegion,
                    PodPolicy.AnnotationField(pod, "sts-webhook.io/region"),
                    "is no region of any AWS partition",
                    "use a name such as eu-west-1, or drop the annotation"),
            };
        }

        var region = Resolve(pod, canDefer: isWhole);
        var configMaps = new ConfigMapView(@namespace, cluster.ConfigMaps);
        var evaluator = new PolicyEvaluator(settings.Policy, Severity.Deny, region);
        using (CoreActivitySource.Start("policy"))
        {
            if (isWhole)
            {
                PodPolicy.Evaluate(pod, configMaps, evaluator);
            }
            else
            {
                PodPolicy.EvaluateContainers(pod, containers, configMaps, evaluator);
            }
        }

        using var injection = inject ? CoreActivitySource.Start("injection") : null;
        return new Decision
        {
            Enforcement = enforcement,
            Findings = evaluator.Findings,
            Region = region,
            Notes = isWhole ? PodKeys.Mistakes(pod) : [],
            Injection = inject
                ? new Injector(settings.Injection, configMaps).Plan(pod, containers, region, canAnnotate: isWhole)
                : InjectionPlan.Nothing,
        };
    }

    /// <summary>By the policy only: what the template's pods get is decided when they are created.</summary>
    private Decision DecideWorkload(Pod template)
    {
        var evaluator = new PolicyEvaluator(settings.Policy, settings.Policy.Workloads, Resolve(template, canDefer: true));
        using var step = CoreActivitySource.Start("policy");
        PodPolicy.Evaluate(template, ConfigMapView.None, evaluator);
        return new Decision { Enforcement = enforcement, Findings = evaluator.Findings };
    }

    private Decision DecideConfigMap(ReviewTarget.ConfigMap configMap)
    {
        var region = cluster.Nodes.OnlyRegion ?? settings.DefaultRegion;
        var evaluator = new PolicyEvaluator(
            settings.Policy,
            settings.Policy.ConfigMaps,
            new PodRegion(region is null ? RegionSource.None : RegionSource.Default, region));
        using var step = CoreActivitySource.Start("policy");
        ConfigMapPolicy.Evaluate(configMap.Json, evaluator);
        return new Decision { Enforcement = enforcement, Findings = evaluator.Findings };
    }

    /// <summary>
    /// Annotates the Binding with the region of its node; the API server carries the annotation over to the pod
    /// before the kubelet starts it. Whatever is amiss, the pod is bound all the same.
    /// </summary>
    private Decision DecideBinding(ReviewTarget.PodBinding binding)
    {
        var region = binding.Region
            ?? (binding.Node is { } name && cluster.Nodes.TryGet(name, out var node) ? node.Region : null)
            ?? cluster.BoundNode?.Region;
        var present = binding.Json.Member("metadata"u8).Member("annotations"u8).Text(PodKeys.NodeRegion);
        return new Decision { BoundRegion = region == present ? null : region };
    }

    private PodRegion Resolve(Pod pod, bool canDefer)
    {
        using var step = CoreActivitySource.Start("region");
        var region = RegionResolver.Resolve(pod, cluster.Nodes, settings.DefaultRegion, canDefer);
        step?.SetTag("sts_webhook.region", region.Name).SetTag("sts_webhook.region_source", region.Source.Name());
        return region;
    }
}
