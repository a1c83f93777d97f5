namespace StsWebhook.Core.Pods;

/// <summary>The ConfigMaps of a pod's namespace, as far as they could be read.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Data">Their data; null for one that does not exist. One that could not be read is missing.</param>
internal sealed record ConfigMapView(
    string Namespace, IReadOnlyDictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?> Data)
{
    /// <summary>Nothing could be read.</summary>
    public static ConfigMapView None { get; } =
        new(string.Empty, new Dictionary<ConfigMapReference, IReadOnlyDictionary<string, string>?>());

    /// <summary>Whether nothing could be read.</summary>
    public bool IsEmpty => Data.Count == 0;

    /// <summary>Reads one.</summary>
    /// <param name="name">The ConfigMap's name.</param>
    /// <param name="data">Its data; null where it does not exist.</param>
    /// <returns>Whether that is known.</returns>
    public bool TryRead(string name, out IReadOnlyDictionary<string, string>? data) =>
        Data.TryGetValue(new ConfigMapReference(Namespace, name), out data);
}
