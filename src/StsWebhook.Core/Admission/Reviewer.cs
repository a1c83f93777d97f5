using System.Buffers;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>The one entry of the core: an AdmissionReview in, its answer out.</summary>
public sealed class Reviewer(ReviewSettings settings)
{
    /// <summary>Reviews a request.</summary>
    /// <param name="body">The AdmissionReview, <c>admission.k8s.io/v1</c>, as JSON.</param>
    /// <param name="webhook">Which webhook was called.</param>
    /// <param name="enforcement">The namespace's enforcement; null for the configured one.</param>
    /// <param name="nodes">The cluster's nodes.</param>
    /// <param name="answer">Where the answer is written; nothing is, if the body is no review.</param>
    /// <returns>What was decided, or why the body is no review.</returns>
    public ReviewResult Review(
        ReadOnlyMemory<byte> body,
        Webhook webhook,
        Enforcement? enforcement,
        NodeTable nodes,
        IBufferWriter<byte> answer)
    {
        if (!JsonInput.TryParse(body, out var document, out var error))
        {
            return ReviewResult.Unreadable(error);
        }

        using (document)
        {
            var request = AdmissionRequest.Read(document.RootElement, out error);
            if (request is null)
            {
                return ReviewResult.Unreadable(error!);
            }

            var reviewer = new PodReviewer(settings, nodes, enforcement ?? settings.Policy.Enforce);
            var decision = webhook == Webhook.Bind
                ? Bind(request, nodes, out error)
                : Decide(request, reviewer, inject: webhook == Webhook.Mutate, out error);
            if (error is not null)
            {
                return ReviewResult.Unreadable(error);
            }

            AdmissionResponse.Write(answer, request, decision);
            return ReviewResult.Of(request, decision);
        }
    }

    private static Decision Decide(AdmissionRequest request, PodReviewer reviewer, bool inject, out string? error)
    {
        error = null;
        switch (request)
        {
            case { Group: "", Resource: "pods", Operation: "CREATE" }:
                error = PodShape.Pod.Mismatch(request.Object, "request.object");
                return error is null ? reviewer.Create(request.Object, inject) : Decision.Ignored;

            case { Group: "", Resource: "pods/ephemeralcontainers", Operation: "UPDATE" }:
                error = PodShape.Pod.Mismatch(request.Object, "request.object")
                    ?? (request.OldObject.Exists() ? PodShape.Pod.Mismatch(request.OldObject, "request.oldObject") : null);
                return error is null
                    ? reviewer.AddEphemeralContainers(request.Object, request.OldObject, inject)
                    : Decision.Ignored;

            case { Operation: "CREATE" or "UPDATE" } when !inject:
                return DecideOther(request, reviewer, out error);

            default:
                return Decision.Ignored;
        }
    }

    private static Decision DecideOther(AdmissionRequest request, PodReviewer reviewer, out string? error)
    {
        error = null;
        if (request is { Group: "", Resource: "configmaps" })
        {
            error = PodShape.ConfigMap.Mismatch(request.Object, "request.object");
            return error is null ? reviewer.ApplyConfigMap(request.Object) : Decision.Ignored;
        }

        if (PodTemplate.PathOf(request.Group, request.Resource) is not { } path)
        {
            return Decision.Ignored;
        }

        var template = PodTemplate.Find(request.Object, path);
        if (!template.Exists())
        {
            return Decision.Ignored;
        }

        error = PodShape.Pod.Mismatch(template, $"request.object.{path}");
        return error is null ? reviewer.ApplyWorkload(template, path) : Decision.Ignored;
    }

    /// <summary>
    /// Annotates the scheduler's Binding with the region of its node; the API server carries the annotation over to
    /// the pod before the kubelet starts it. The API server's own labels (1.35 on) spare the look-up. Whatever is
    /// amiss, the pod is bound all the same.
    /// </summary>
    private static Decision Bind(AdmissionRequest request, NodeTable nodes, out string? error)
    {
        error = null;
        if (request is not { Group: "", Resource: "pods/binding" or "bindings", Operation: "CREATE" })
        {
            return Decision.Ignored;
        }

        error = PodShape.Binding.Mismatch(request.Object, "request.object");
        if (error is not null)
        {
            return Decision.Ignored;
        }

        var target = request.Object.Member("target"u8);
        var metadata = request.Object.Member("metadata"u8);
        var region = metadata.Member("labels"u8).Text("topology.kubernetes.io/region"u8) is { } label && Partitions.IsRegion(label)
            ? label
            : target.Text("name"u8) is { } name && nodes.TryGet(name, out var node) ? node.Region : null;
        var isSet = region is not null && metadata.Member("annotations"u8).Text(PodKeys.NodeRegion) == region;
        return new Decision { BoundRegion = isSet ? null : region };
    }
}
