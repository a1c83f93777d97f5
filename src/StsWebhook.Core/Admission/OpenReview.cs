using System.Buffers;
using System.Text.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Admission;

/// <summary>A review that was read and waits to be decided.</summary>
public sealed class OpenReview : IDisposable
{
    private readonly JsonDocument? document;
    private readonly AdmissionRequest? request;
    private readonly Subject subject = Subject.Unrelated.Instance;
    private readonly ReviewSettings? settings;
    private readonly Enforcement enforcement;
    private readonly bool inject;
    private readonly string? error;

    internal OpenReview(
        JsonDocument document,
        AdmissionRequest request,
        Subject subject,
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

    private OpenReview(string error) => this.error = error;

    /// <summary>The ConfigMaps that variables of the pod come from: what they hold may be a region, or a finding.</summary>
    public IReadOnlyList<ConfigMapReference> ConfigMaps => subject.ConfigMaps;

    /// <summary>How many containers an answer may be about: each may add some hundred bytes to it.</summary>
    public int Containers => subject switch
    {
        Subject.NewPod s => s.Containers.Count,
        Subject.NewEphemeralContainers s => s.Containers.Count,
        _ => 0,
    };

    /// <summary>The node of a Binding that does not tell the node's region itself, or null.</summary>
    public string? NodeToBind => subject is Subject.Binding { Region: null } binding ? binding.Node : null;

    /// <summary>Decides the review and writes the answer, if there is a review.</summary>
    public ReviewResult Decide(ClusterView cluster, IBufferWriter<byte> answer)
    {
        if (request is null || settings is null)
        {
            return ReviewResult.Unreadable(error!);
        }

        var decision = new PodReviewer(settings, cluster, enforcement, inject).Decide(subject);
        AdmissionResponse.Write(answer, request, decision);
        return ReviewResult.Of(request, decision);
    }

    /// <inheritdoc/>
    public void Dispose() => document?.Dispose();

    internal static OpenReview Unreadable(string error) => new(error);
}
