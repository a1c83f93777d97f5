using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The part of a request or manifest that the webhook decides on. The types of the fields that it reads are validated.
/// </summary>
internal abstract record ReviewTarget
{
    private const string ObjectPath = "request.object";

    private ReviewTarget()
    {
    }

    /// <inheritdoc cref="ParsedReview.ConfigMaps"/>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => this switch
    {
        NewPod pod => PodConfigMaps.ReferencedBy(pod.Containers, pod.Namespace),
        NewEphemeralContainers pod => PodConfigMaps.ReferencedBy(pod.Containers, pod.Namespace),
        _ => [],
    };

    /// <summary>Determines the target of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="webhook">The webhook that was called: each has targets of its own.</param>
    /// <param name="target">The target; null where a field has a wrong type.</param>
    /// <param name="error">The first field of a wrong type, in one line; null where there is none.</param>
    public static bool TryParse(
        AdmissionRequest request,
        Webhook webhook,
        [NotNullWhen(true)] out ReviewTarget? target,
        [NotNullWhen(false)] out string? error)
    {
        target = FromRequest(request, webhook, out var mismatch);
        error = mismatch?.ToString();
        return target is not null;
    }

    /// <summary>
    /// Determines the target of a manifest. A workload counts as the pod that its template creates: unlike in a cluster, a
    /// denial cannot prevent an existing workload from being scaled.
    /// </summary>
    /// <param name="manifest">The object.</param>
    /// <param name="target">The target; null where a field has a wrong type.</param>
    /// <param name="error">The first field of a wrong type; null where there is none.</param>
    public static bool TryParse(
        UnstructuredObject manifest, [NotNullWhen(true)] out ReviewTarget? target, [NotNullWhen(false)] out ShapeMismatch? error)
    {
        target = FromManifest(manifest, out error);
        return target is not null;
    }

    /// <summary>
    /// The highest severity of findings in a request of which only the header is known; null for a request that the webhook does
    /// not review. A header without a resource or an operation counts as a new pod.
    /// </summary>
    public static Severity? FindCap(ReviewHeader header, Webhook webhook, PolicySettings policy) => header switch
    {
        { Resource: "" } or { Operation: "" } => webhook == Webhook.Bind ? Severity.Warn : Severity.Deny,
        { Group: "", Resource: "pods/binding" or "bindings", Operation: "CREATE" } when webhook == Webhook.Bind => Severity.Warn,
        _ when webhook == Webhook.Bind => null,
        { Group: "", Resource: "pods", Operation: "CREATE" } => Severity.Deny,
        { Group: "", Resource: "pods/ephemeralcontainers", Operation: "UPDATE" } => Severity.Deny,
        { Group: "", Resource: "configmaps", Operation: "CREATE" or "UPDATE" } when webhook == Webhook.Validate =>
            policy.ConfigMaps,
        { Operation: "CREATE" or "UPDATE" }
            when webhook == Webhook.Validate && WorkloadKind.FindByResource(header.Group, header.Resource) is not null =>
            policy.Workloads,
        _ => null,
    };

    private static ReviewTarget? FromRequest(AdmissionRequest request, Webhook webhook, out ShapeMismatch? error)
    {
        var json = request.Object;
        switch (request)
        {
            case { Group: "", Resource: "pods/binding" or "bindings", Operation: "CREATE" } when webhook == Webhook.Bind:
                error = ObjectShapes.Binding.Mismatch(json, ObjectPath);
                return error is null ? new PodBinding(json) : null;

            case var _ when webhook == Webhook.Bind:
                break;

            case { Group: "", Resource: "pods", Operation: "CREATE" }:
                error = ObjectShapes.Pod.Mismatch(json, ObjectPath);
                return error is null ? FromPod(new Pod(json, Path: string.Empty), request.Namespace) : null;

            case { Group: "", Resource: "pods/ephemeralcontainers", Operation: "UPDATE" }:
                error = ObjectShapes.Pod.Mismatch(json, ObjectPath)
                    ?? (request.OldObject.Exists() ? ObjectShapes.Pod.Mismatch(request.OldObject, "request.oldObject") : null);
                return error is null
                    ? new NewEphemeralContainers(
                        new Pod(json, Path: string.Empty), new Pod(request.OldObject, Path: string.Empty), request.Namespace)
                    : null;

            case { Group: "", Resource: "configmaps", Operation: "CREATE" or "UPDATE" } when webhook == Webhook.Validate:
                error = ObjectShapes.ConfigMap.Mismatch(json, ObjectPath);
                return error is null ? new ConfigMap(json) : null;

            case { Operation: "CREATE" or "UPDATE" }
                when webhook == Webhook.Validate && WorkloadKind.FindByResource(request.Group, request.Resource) is { } kind:
                return FromWorkload(json, kind, out error);
        }

        error = null;
        return NotReviewed.Instance;
    }

    private static ReviewTarget? FromManifest(UnstructuredObject manifest, out ShapeMismatch? error)
    {
        error = null;
        if (manifest is { Group: "", Kind: "ConfigMap" })
        {
            error = ObjectShapes.ConfigMap.Mismatch(manifest.Json, string.Empty);
            return error is null ? new ConfigMap(manifest.Json) : null;
        }

        if (manifest.PodPath is not { } path)
        {
            return NotReviewed.Instance;
        }

        var json = manifest.WorkloadKind is { } kind ? kind.FindTemplate(manifest.Json) : manifest.Json;
        if (!json.Exists())
        {
            return NotReviewed.Instance;
        }

        error = ObjectShapes.Pod.Mismatch(json, path);
        return error is null ? FromPod(new Pod(json, path.Length == 0 ? string.Empty : path + "."), manifest.Namespace) : null;
    }

    private static ReviewTarget FromPod(Pod pod, string @namespace) =>
        pod.IsMirror ? NotReviewed.Instance : new NewPod(pod, @namespace);

    private static ReviewTarget? FromWorkload(JsonElement json, WorkloadKind kind, out ShapeMismatch? error)
    {
        var template = kind.FindTemplate(json);
        error = template.Exists() ? ObjectShapes.Pod.Mismatch(template, $"{ObjectPath}.{kind.TemplatePath}") : null;
        return error is not null ? null
            : template.Exists() ? new Workload(new Pod(template, kind.TemplatePath + "."))
            : NotReviewed.Instance;
    }

    /// <summary>An object that the webhook allows without a review: another kind, the update of a pod, a mirror pod.</summary>
    public sealed record NotReviewed : ReviewTarget
    {
        /// <summary>The shared instance.</summary>
        public static readonly NotReviewed Instance = new();
    }

    /// <summary>A pod that is being created.</summary>
    public sealed record NewPod(Pod Pod, string Namespace) : ReviewTarget
    {
        /// <summary>All containers of the pod.</summary>
        public List<Container> Containers { get; } = Pod.Containers();
    }

    /// <summary>
    /// Ephemeral containers that an update adds. The rest of the pod was decided when the pod was created; deciding it again
    /// could prevent debugging.
    /// </summary>
    public sealed record NewEphemeralContainers(Pod Pod, Pod OldPod, string Namespace) : ReviewTarget
    {
        /// <summary>The ephemeral containers that <see cref="OldPod"/> does not have.</summary>
        public List<Container> Containers { get; } = Pod.EphemeralContainersSince(OldPod);
    }

    /// <summary>The pod template of a workload.</summary>
    public sealed record Workload(Pod Template) : ReviewTarget;

    /// <summary>A ConfigMap, which any pod of its namespace may mount or read.</summary>
    public sealed record ConfigMap(JsonElement Json) : ReviewTarget
    {
        /// <summary>The texts of the ConfigMap, parsed on each call.</summary>
        public ConfigMapData Data => ConfigMapData.Parse(Json);
    }

    /// <summary>A Binding: the scheduler's assignment of a pod to a node.</summary>
    public sealed record PodBinding(JsonElement Json) : ReviewTarget
    {
        /// <summary>The node's name; null where the Binding has no target name.</summary>
        public string? Node => Json.Member("target"u8).Text("name"u8);

        /// <summary>
        /// The node's region, from the label that the API server sets on the Binding since Kubernetes 1.35; or null.
        /// </summary>
        public string? Region =>
            Json.Member("metadata"u8).Member("labels"u8).Text("topology.kubernetes.io/region"u8) is { } label
            && Partitions.IsRegion(label)
                ? label
                : null;
    }
}
