using System.Buffers;
using System.Text.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Admission;

/// <summary>
/// A valid review that is not decided yet. It reads the request's body in place: the body must stay unchanged until the
/// review is disposed of. Used by one thread at a time.
/// </summary>
public sealed class ParsedReview : IDisposable
{
    private readonly JsonDocument document;
    private readonly AdmissionRequest request;
    private readonly ReviewTarget target;
    private readonly ReviewSettings settings;
    private readonly Enforcement enforcement;
    private readonly bool inject;

    internal ParsedReview(
        JsonDocument document,
        AdmissionRequest request,
        ReviewTarget target,
        ReviewSettings settings,
        Enforcement enforcement,
        bool inject)
    {
        this.document = document;
        this.request = request;
        this.target = target;
        this.settings = settings;
        this.enforcement = enforcement;
        this.inject = inject;
    }

    /// <summary>
    /// The ConfigMaps that variables of the pod are read from, at most 16; empty for other objects. Their data may contain a
    /// region or violate a rule.
    /// </summary>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => target.ConfigMaps;

    /// <summary>
    /// The number of containers that the answer may change or skip. Each takes up to 1,600 bytes to decide and to answer, even
    /// if it is <c>{}</c> in the request; callers limit memory by this number.
    /// </summary>
    public int Containers => target switch
    {
        ReviewTarget.NewPod pod => pod.Containers.Count,
        ReviewTarget.NewEphemeralContainers pod => pod.Containers.Count,
        _ => 0,
    };

    /// <summary>
    /// The node of a Binding, to be looked up where the snapshot does not have it; null where the Binding itself has the
    /// region, and for other objects.
    /// </summary>
    public string? NodeToBind => target is ReviewTarget.PodBinding { Region: null } binding ? binding.Node : null;

    /// <summary>Decides the review and writes the answer.</summary>
    /// <param name="cluster">
    /// What is known of the cluster. What is missing in it counts as unknown: a region is then determined by other means, or not
    /// injected.
    /// </param>
    /// <param name="answer">Receives the AdmissionReview with the response, as JSON.</param>
    /// <param name="cancellation">Stops the evaluation of the policy.</param>
    /// <returns>The decision for logs, metrics and traces. It does not refer to the body.</returns>
    /// <exception cref="OperationCanceledException">The evaluation was stopped. The answer is empty.</exception>
    public ReviewSummary Decide(ClusterSnapshot cluster, IBufferWriter<byte> answer, CancellationToken cancellation = default)
    {
        var outcome = new TargetReviewer(settings, cluster, enforcement, inject, cancellation).Decide(target);
        AdmissionResponseWriter.Write(answer, request.Uid, request.Object, outcome);
        return ReviewSummary.From(request, outcome);
    }

    /// <inheritdoc/>
    public void Dispose() => document.Dispose();
}
