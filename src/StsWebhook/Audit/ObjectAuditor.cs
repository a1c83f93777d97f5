using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>
/// Reviews objects one by one, as the webhook would if each were created again in an opted-in namespace. Keeps what later
/// objects need: ConfigMaps and controlling owners. Used by one thread.
/// </summary>
/// <param name="settings">The review settings of the webhook to simulate.</param>
/// <param name="nodes">The cluster's nodes.</param>
/// <param name="configMaps">Collects the ConfigMaps that pods may read; null if the webhook is set not to read them.</param>
/// <param name="enforcementOf">Returns the enforcement of a namespace.</param>
internal sealed class ObjectAuditor(
    ReviewSettings settings, NodeTable nodes, ClusterConfigMaps? configMaps, Func<string, Enforcement> enforcementOf)
{
    private readonly OwnerChain owners = new();
    private readonly Dictionary<Enforcement, ManifestReviewer> reviewers = Enum.GetValues<Enforcement>().ToDictionary(
        enforcement => enforcement,
        enforcement => new ManifestReviewer(settings with { Policy = settings.Policy with { Enforce = enforcement } }));

    /// <summary>Reviews an object. Returns null if it is finished or repeats its owner's template.</summary>
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

        // Injection warnings are for authors of manifests. A running pod has the annotations from the webhook itself.
        var advice = outcome.Notes.Concat(isPod ? [] : outcome.Injection.Warnings.Where(text =>
            text != InjectionPlan.NoRegionWarning));
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
            : Array.TrueForAll(containers, container =>
                container.Skipped == SkipReason.PodLabel || container.Skipped == SkipReason.Annotation) ? PodState.Exempt
            : PodState.Injected;
    }
}
