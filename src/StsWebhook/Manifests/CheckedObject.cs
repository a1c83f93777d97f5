using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Regions;

namespace StsWebhook.Manifests;

/// <summary>An object and what the webhook would make of it. Nothing in here points to the object's JSON.</summary>
/// <param name="Source">The object.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record CheckedObject(ManifestObject Source, string Kind, string Namespace, string Name)
{
    /// <summary>What becomes of it.</summary>
    public AdmissionDecision Decision { get; init; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<FileFinding> Findings { get; init; } = [];

    /// <summary>The pod's region.</summary>
    public PodRegion Region { get; init; }

    /// <summary>What each container would get: none where the object is denied or is no pod and makes none.</summary>
    public IReadOnlyList<ContainerOutcome> Containers { get; init; } = [];

    /// <summary>The steps from the object to the pod that it makes; none where it is one.</summary>
    public IReadOnlyList<string> PodPath { get; init; } = [];

    /// <summary>The JSON Patch for that pod; empty where nothing changes.</summary>
    public ReadOnlyMemory<byte> Patch { get; init; }

    /// <summary>What to call it.</summary>
    public string Title => $"{Kind} {Namespace}/{Name}";
}
