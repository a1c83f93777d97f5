namespace StsWebhook.Core.Regions;

/// <summary>A pod's region, as far as it is known when the pod is created.</summary>
/// <param name="Source">What told it.</param>
/// <param name="Name">
/// The region; for <see cref="RegionSource.Binding"/> the one to assume until the binding tells; null only for
/// <see cref="RegionSource.None"/>.
/// </param>
public readonly record struct PodRegion(RegionSource Source, string? Name)
{
    /// <summary>Whether the region is only settled when the scheduler binds the pod to a node.</summary>
    public bool IsDeferred => Source == RegionSource.Binding;

    /// <summary>The region's partition; the default one where no region is known.</summary>
    public Partition Partition => (Name is null ? null : Partitions.Find(Name)) ?? Partitions.Default;
}
