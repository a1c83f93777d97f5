namespace StsWebhook.Core.Pods;

/// <summary>
/// What is known of a ConfigMap: its data, that it does not exist, or nothing. The default value is
/// <see cref="Unknown"/>.
/// </summary>
public readonly record struct ConfigMapLookup
{
    private ConfigMapLookup(ConfigMapData? data, bool isAbsent)
    {
        Data = data;
        IsAbsent = isAbsent;
    }

    /// <summary>A ConfigMap that could not be read: it may exist, with any data.</summary>
    public static ConfigMapLookup Unknown => default;

    /// <summary>A ConfigMap that does not exist.</summary>
    public static ConfigMapLookup Absent { get; } = new(data: null, isAbsent: true);

    /// <summary>The data; null if the ConfigMap is absent or unknown.</summary>
    public ConfigMapData? Data { get; }

    /// <summary>Whether the ConfigMap does not exist.</summary>
    public bool IsAbsent { get; }

    /// <summary>Whether nothing is known of the ConfigMap.</summary>
    public bool IsUnknown => Data is null && !IsAbsent;

    /// <summary>A ConfigMap that was read.</summary>
    public static ConfigMapLookup Known(ConfigMapData data) => new(data, isAbsent: false);
}
