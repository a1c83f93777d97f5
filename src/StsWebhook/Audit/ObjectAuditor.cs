using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>
/// Judges one object after another as the webhook would if it were sent again, in a namespace that has opted in. What
/// later ones need is kept on the way: ConfigMaps, and who controls what.
/// </summary>
/// <param name="settings">What the webhook would go by.</param>
/// <param name="nodes">The cluster's nodes.</param>
/// <param name="configMaps">The ConfigMaps that pods may read; null where the webhook would read none.</param>
/// <param name="enforcementOf">The enforcement of a namespace.</param>
internal sealed class ObjectAuditor(
    ReviewSettings settings, NodeTable nodes, ClusterConfigMaps? configMaps, Func<string, Enforcement> enforcementOf)
{
    private readonly OwnerChain owners = new();
    private readonly Dictionary<Enforcement, ManifestReviewer> reviewers = Enum.GetValues<Enforcement>().ToDictionary(
        enforcement => enforcement,
        enforcement => new ManifestReviewer(settings with { Policy = settings.Policy with { Enforce = enforcement } }));

    /// <summary>Judges an object; null where it says nothing that another does not.</summary>
    public AuditedObject? Audit(AuditedResource resource, JsonElement json)
    {
        var live = new LiveObject(json);
        var self = new Owner(resource.Kind, live.Name);
        if (resource == AuditedResource.ConfigMaps)
        {
            configMaps?.Add(json);
        }

        if (resource.Kind is "ReplicaSet" or "Job")
        {
            if (live.Controller is { } controller)
            {
                owners.Add(live.Namespace, self, controller);
            }

            if (live.IsRedundant || live.IsFinished)
            {
                return null;
            }
        }

        var found = new AuditedObject(
            resource.Kind, live.Namespace, live.Name, owners.RootOf(live.Namespace, live.Controller ?? self));
        return resource == AuditedResource.Pods && live.IsFinished
            ? found with { Pod = PodState.Finished }
            : Audit(found, new UnstructuredObject(resource.Group, resource.Kind, json), reviewers[enforcementOf(live.Namespace)]);
    }

    private AuditedObject Audit(AuditedObject of, UnstructuredObject live, ManifestReviewer reviewer)
    {
        if (!reviewer.TryParse(live, out var manifest, out var error))
        {
            return of with { Error = $"{of.Kind} {of.Name}: {error}" };
        }

        var outcome = manifest.Decide(new ClusterSnapshot(nodes)
        {
            ConfigMaps = configMaps?.Lookup(manifest.ConfigMaps) ?? ConfigMapSet.Empty,
        });
        var isPod = of.Kind == "Pod";

        // What the injection warns of is for who writes manifests: a pod that runs has the annotation from the webhook.
        var advice = outcome.Notes.Concat(isPod ? [] : outcome.Injection.Warnings.Where(text => text != InjectionPlan.NoRegion));
        return of with
        {
            Pod = isPod ? StateOf(outcome) : null,
            LacksRegion = isPod && outcome.HasPatch && outcome.Region.Source == RegionSource.None,
            Findings = [.. ObjectFinding.From(outcome, advice)],
            PodPath = live.PodPath is { Length: > 0 } path ? path + "." : string.Empty,
        };
    }

    private static PodState StateOf(AdmissionOutcome outcome)
    {
        var containers = outcome.Injection.Outcomes.ToArray();
        return outcome.IsIgnored ? PodState.Exempt
            : outcome.IsDenied ? PodState.Denied
            : Array.Exists(containers, container => container.Variables.Count > 0) ? PodState.Missing
            : Array.TrueForAll(containers, container => container.Skipped == SkipReason.PodLabel || container.Skipped == SkipReason.Annotation) ? PodState.Exempt
            : PodState.Injected;
    }
}
