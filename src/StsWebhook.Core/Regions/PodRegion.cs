namespace StsWebhook.Core.Regions;

/// <summary>A pod's region as resolved when the pod is created.</summary>
/// <param name="Source">How the region was determined.</param>
/// <param name="Name">
/// The region. For <see cref="RegionSource.Binding"/> it is the preset that the binding overwrites. Null only for
/// <see cref="RegionSource.None"/>.
/// </param>
public readonly record struct PodRegion(RegionSource Source, string? Name)
{
    /// <summary>Whether the region is known only after the scheduler has bound the pod to a node.</summary>
    public bool IsDeferred => Source == RegionSource.Binding;

    /// <summary>The region's partition; <see cref="Partitions.Default"/> if the region is not known.</summary>
    public Partition Partition => (Name is null ? null : Partitions.Find(Name)) ?? Partitions.Default;
}
