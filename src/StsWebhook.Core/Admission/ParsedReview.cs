using System.Buffers;
using System.Text.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Admission;

/// <summary>A review that was read and waits to be decided.</summary>
public sealed class ParsedReview : IDisposable
{
    private readonly JsonDocument? document;
    private readonly AdmissionRequest? request;
    private readonly ReviewTarget subject = ReviewTarget.NotReviewed.Instance;
    private readonly ReviewSettings? settings;
    private readonly Enforcement enforcement;
    private readonly bool inject;
    private readonly string? error;

    internal ParsedReview(
        JsonDocument document,
        AdmissionRequest request,
        ReviewTarget subject,
        ReviewSettings settings,
        Enforcement enforcement,
        bool inject)
    {
        this.document = document;
        this.request = request;
        this.subject = subject;
        this.settings = settings;
        this.enforcement = enforcement;
        this.inject = inject;
    }

    private ParsedReview(string error) => this.error = error;

    /// <summary>The ConfigMaps that variables of the pod come from: what they hold may be a region, or a finding.</summary>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => subject.ConfigMaps;

    /// <summary>How many containers an answer may be about: each may add some hundred bytes to it.</summary>
    public int Containers => subject switch
    {
        ReviewTarget.NewPod s => s.Containers.Count,
        ReviewTarget.NewEphemeralContainers s => s.Containers.Count,
        _ => 0,
    };

    /// <summary>The node of a Binding that does not tell the node's region itself, or null.</summary>
    public string? NodeToBind => subject is ReviewTarget.PodBinding { Region: null } binding ? binding.Node : null;

    /// <summary>Decides the review and writes the answer, if there is a review.</summary>
    public ReviewResult Decide(ClusterSnapshot cluster, IBufferWriter<byte> answer)
    {
        if (request is null || settings is null)
        {
            return ReviewResult.Unreadable(error!);
        }

        var decision = new PodReviewer(settings, cluster, enforcement, inject).Decide(subject);
        AdmissionResponseWriter.Write(answer, request, decision);
        return ReviewResult.From(request, decision);
    }

    /// <inheritdoc/>
    public void Dispose() => document?.Dispose();

    internal static ParsedReview Unreadable(string error) => new(error);
}
