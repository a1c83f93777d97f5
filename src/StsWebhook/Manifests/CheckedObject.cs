using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Regions;

namespace StsWebhook.Manifests;

/// <summary>An object of a manifest and what the webhook would do with it. Holds no reference to the object's JSON.</summary>
/// <param name="Source">The object and its place in the file.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; <c>default</c> if the manifest names none.</param>
/// <param name="Name">The name.</param>
internal sealed record CheckedObject(ManifestObject Source, string Kind, string Namespace, string Name)
{
    /// <summary>The decision of the webhook.</summary>
    public AdmissionDecision Decision { get; init; }

    /// <summary>The findings, sorted by line.</summary>
    public IReadOnlyList<FileFinding> Findings { get; init; } = [];

    /// <summary>The region resolved for the pod.</summary>
    public PodRegion Region { get; init; }

    /// <summary>The variables that each container would get; empty if the object is denied or has no pod.</summary>
    public IReadOnlyList<ContainerOutcome> Containers { get; init; } = [];

    /// <summary>The member names from the object to its pod template; empty for a pod.</summary>
    public IReadOnlyList<string> PodPath { get; init; } = [];

    /// <summary>The JSON Patch for the pod or pod template; empty if nothing changes.</summary>
    public ReadOnlyMemory<byte> Patch { get; init; }

    /// <summary>The object for messages: kind, namespace and name.</summary>
    public string Title => $"{Kind} {Namespace}/{Name}";
}
