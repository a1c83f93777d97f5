using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Admission;

/// <summary>What a request is about, as far as a webhook of this project is concerned. Its JSON has passed its shape.</summary>
internal abstract record ReviewTarget
{
    private ReviewTarget()
    {
    }

    /// <summary>The ConfigMaps that variables of the pod come from; none where the subject is no pod.</summary>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => this switch
    {
        NewPod s => PodConfigMaps.ReferencedBy(s.Containers, s.Namespace),
        NewEphemeralContainers s => PodConfigMaps.ReferencedBy(s.Containers, s.Namespace),
        _ => [],
    };

    /// <summary>Tells what a request is about.</summary>
    /// <param name="request">The request.</param>
    /// <param name="webhook">The webhook that was called: each has subjects of its own.</param>
    /// <param name="error">Which field is not what the API says, in one line; null where all are.</param>
    public static ReviewTarget Parse(AdmissionRequest request, Webhook webhook, out string? error)
    {
        const string Object = "request.object";
        switch (request)
        {
            case { Group: "", Resource: "pods/binding" or "bindings", Operation: "CREATE" } when webhook == Webhook.Bind:
                error = PodShape.Binding.Mismatch(request.Object, Object)?.ToString();
                return new PodBinding(request.Object);

            case var _ when webhook == Webhook.Bind:
                break;

            case { Group: "", Resource: "pods", Operation: "CREATE" }:
                error = PodShape.Pod.Mismatch(request.Object, Object)?.ToString();
                var pod = new Pod(request.Object, Path: string.Empty);
                return error is null && pod.IsMirror ? NotReviewed.Instance : new NewPod(pod, request.Namespace);

            case { Group: "", Resource: "pods/ephemeralcontainers", Operation: "UPDATE" }:
                error = (PodShape.Pod.Mismatch(request.Object, Object)
                    ?? (request.OldObject.Exists() ? PodShape.Pod.Mismatch(request.OldObject, "request.oldObject") : null))?.ToString();
                return new NewEphemeralContainers(
                    new Pod(request.Object, Path: string.Empty), new Pod(request.OldObject, Path: string.Empty), request.Namespace);

            case { Group: "", Resource: "configmaps", Operation: "CREATE" or "UPDATE" } when webhook == Webhook.Validate:
                error = PodShape.ConfigMap.Mismatch(request.Object, Object)?.ToString();
                return new ConfigMap(request.Object);

            case { Operation: "CREATE" or "UPDATE" }
                when webhook == Webhook.Validate && PodTemplate.PathOf(request.Group, request.Resource) is { } path:
                var template = PodTemplate.Find(request.Object, path);
                error = template.Exists() ? PodShape.Pod.Mismatch(template, $"{Object}.{path}")?.ToString() : null;
                return template.Exists() ? new Workload(new Pod(template, path + ".")) : NotReviewed.Instance;
        }

        error = null;
        return NotReviewed.Instance;
    }

    /// <summary>
    /// Tells what a manifest is about. The template of a workload counts as the pod that it will make: nobody is
    /// there yet whom a denial could keep from scaling.
    /// </summary>
    /// <param name="manifest">The object.</param>
    /// <param name="error">Which field is not what the API says; null where all are.</param>
    public static ReviewTarget Parse(UnstructuredObject manifest, out ShapeMismatch? error)
    {
        error = null;
        switch (manifest)
        {
            case { Group: "", Kind: "ConfigMap" }:
                error = PodShape.ConfigMap.Mismatch(manifest.Json, string.Empty);
                return new ConfigMap(manifest.Json);

            case { PodPath: { } path }:
                var json = path.Length == 0 ? manifest.Json : PodTemplate.Find(manifest.Json, path);
                if (!json.Exists())
                {
                    return NotReviewed.Instance;
                }

                error = PodShape.Pod.Mismatch(json, path);
                var pod = new Pod(json, path.Length == 0 ? string.Empty : path + ".");
                return error is null && pod.IsMirror ? NotReviewed.Instance : new NewPod(pod, manifest.Namespace);

            default:
                return NotReviewed.Instance;
        }
    }

    /// <summary>Another kind, the update of a pod, a mirror pod.</summary>
    public sealed record NotReviewed : ReviewTarget
    {
        /// <summary>The only one.</summary>
        public static readonly NotReviewed Instance = new();
    }

    /// <summary>A pod that is to be created.</summary>
    public sealed record NewPod(Pod Pod, string Namespace) : ReviewTarget
    {
        /// <summary>All of its containers.</summary>
        public List<Container> Containers { get; } = Pod.Containers();
    }

    /// <summary>
    /// Ephemeral containers that an update adds. Everything else in the pod was decided on when it was created, and
    /// must not keep anyone from debugging it.
    /// </summary>
    public sealed record NewEphemeralContainers(Pod Pod, Pod Before, string Namespace) : ReviewTarget
    {
        /// <summary>Those that are added.</summary>
        public List<Container> Containers { get; } = Pod.EphemeralContainersSince(Before);
    }

    /// <summary>The pod template of a workload.</summary>
    public sealed record Workload(Pod Template) : ReviewTarget;

    /// <summary>A ConfigMap, which any pod may mount or read.</summary>
    public sealed record ConfigMap(JsonElement Json) : ReviewTarget
    {
        /// <summary>Its texts by their keys; of two with one key the later counts.</summary>
        public IReadOnlyDictionary<string, string> Data
        {
            get
            {
                var data = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var entry in Json.Member("data"u8).Members())
                {
                    if (entry.Value.Text() is { } text)
                    {
                        data[entry.Name] = text;
                    }
                }

                return data;
            }
        }
    }

    /// <summary>The scheduler's word that a pod runs on a node.</summary>
    public sealed record PodBinding(JsonElement Json) : ReviewTarget
    {
        /// <summary>The node's name; null where the Binding names something else.</summary>
        public string? Node => Json.Member("target"u8).Text("name"u8);

        /// <summary>The region that the API server itself put on the Binding (1.35 on), or null.</summary>
        public string? Region =>
            Json.Member("metadata"u8).Member("labels"u8).Text("topology.kubernetes.io/region"u8) is { } label
            && Regions.Partitions.IsRegion(label)
                ? label
                : null;
    }
}
