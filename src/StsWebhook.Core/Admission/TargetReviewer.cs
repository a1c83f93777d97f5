using StsWebhook.Core.Enums;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Decides on pods, pod templates, ConfigMaps and Bindings, independently of the form of requests and answers. Used by one
/// thread.
/// </summary>
/// <param name="settings">The settings.</param>
/// <param name="cluster">What is known of the cluster.</param>
/// <param name="enforcement">The enforcement of the object's namespace.</param>
/// <param name="inject">Whether to plan the injection.</param>
/// <param name="cancellation">Stops the evaluation of the policy, by an <see cref="OperationCanceledException"/>.</param>
internal sealed class TargetReviewer(
    ReviewSettings settings, ClusterSnapshot cluster, Enforcement enforcement, bool inject, CancellationToken cancellation =
        default)
{
    /// <summary>Decides on a target.</summary>
    public AdmissionOutcome Decide(ReviewTarget target) => target switch
    {
        ReviewTarget.NewPod pod => DecidePod(pod.Pod, pod.Containers, pod.Namespace, isWhole: true),
        ReviewTarget.NewEphemeralContainers added => DecidePod(added.Pod, added.Containers, added.Namespace, isWhole: false),
        ReviewTarget.Workload workload => DecideWorkload(workload.Template),
        ReviewTarget.ConfigMap configMap => DecideConfigMap(configMap),
        ReviewTarget.PodBinding binding => DecideBinding(binding),
        _ => AdmissionOutcome.Ignored,
    };

    /// <summary>Evaluates the policy, then plans the injection.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">The containers that the request adds.</param>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="isWhole">Whether the request creates the pod; false where it only adds ephemeral containers.</param>
    private AdmissionOutcome DecidePod(Pod pod, List<Container> containers, string @namespace, bool isWhole)
    {
        if (isWhole && InvalidRegionRule.Find(pod) is { } invalid)
        {
            return new AdmissionOutcome { Enforcement = enforcement, Findings = [invalid] };
        }

        var region = Resolve(pod, canDefer: isWhole);
        var configMaps = new ConfigMapView(@namespace, cluster.ConfigMaps);
        var evaluator = new PolicyEvaluator(settings.Policy, Severity.Deny, region, cancellation: cancellation);
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
        return new AdmissionOutcome
        {
            Enforcement = enforcement,
            Findings = evaluator.Findings,
            Region = region,
            Notes = isWhole ? PodKeyAdvice.Find(pod) : [],
            Injection = inject
                ? new Injector(settings.Injection, configMaps).Plan(pod, containers, region, canAnnotate: isWhole)
                : InjectionPlan.Nothing,
        };
    }

    /// <summary>Evaluates the policy only: the injection is planned when the template's pods are created.</summary>
    private AdmissionOutcome DecideWorkload(Pod template)
    {
        var evaluator = new PolicyEvaluator(
            settings.Policy, settings.Policy.Workloads, Resolve(template, canDefer: true), cancellation: cancellation);
        using var step = CoreActivitySource.Start("policy");
        PodPolicy.Evaluate(template, ConfigMapView.None, evaluator);
        return new AdmissionOutcome { Enforcement = enforcement, Findings = evaluator.Findings };
    }

    private AdmissionOutcome DecideConfigMap(ReviewTarget.ConfigMap configMap)
    {
        var region = cluster.Nodes.OnlyRegion ?? settings.DefaultRegion;
        var evaluator = new PolicyEvaluator(
            settings.Policy,
            settings.Policy.ConfigMaps,
            new PodRegion(region is null ? RegionSource.None : RegionSource.Default, region),
            cancellation: cancellation);
        using var step = CoreActivitySource.Start("policy");
        ConfigMapPolicy.Evaluate(configMap.Json, evaluator);
        return new AdmissionOutcome { Enforcement = enforcement, Findings = evaluator.Findings };
    }

    /// <summary>
    /// Annotates the Binding with the region of its node; the API server copies the annotation to the pod before the kubelet
    /// starts it. If the region is unknown, the pod is bound without it: a webhook must not prevent scheduling.
    /// </summary>
    private AdmissionOutcome DecideBinding(ReviewTarget.PodBinding binding)
    {
        var region = binding.Region
            ?? (binding.Node is { } name && cluster.Nodes.TryGet(name, out var node) ? node.Region : null)
            ?? cluster.BoundNode?.Region;
        var present = binding.Json.Member("metadata"u8).Member("annotations"u8).Text(ProjectKeys.NodeRegionUtf8);
        return new AdmissionOutcome { BoundRegion = region == present ? null : region };
    }

    private PodRegion Resolve(Pod pod, bool canDefer)
    {
        using var step = CoreActivitySource.Start("region");
        var region = RegionResolver.Resolve(pod, cluster.Nodes, settings.DefaultRegion, canDefer);
        step?.SetTag("sts_webhook.region", region.Name).SetTag("sts_webhook.region_source", EnumWord.Format(region.Source));
        return region;
    }
}
