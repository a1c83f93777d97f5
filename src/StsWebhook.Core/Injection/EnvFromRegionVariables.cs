using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>
/// The region variables that a container gets by <c>envFrom</c>. An injected entry of <c>env</c> would override them, so
/// they must be known before one is injected.
/// </summary>
/// <param name="UnreadableReason">
/// The <see cref="SkipReason"/> where a source that cannot be read may set a region variable; null if all can be read.
/// </param>
/// <param name="Region">The source of <c>AWS_REGION</c>; null if none sets it.</param>
/// <param name="DefaultRegion">The source of <c>AWS_DEFAULT_REGION</c>; null if none sets it.</param>
internal readonly record struct EnvFromRegionVariables(
    SkipReason? UnreadableReason, VariableSource.ConfigMapKey? Region, VariableSource.ConfigMapKey? DefaultRegion)
{
    /// <summary>Reads the sources in order: where two set the same variable, the kubelet uses the later one.</summary>
    public static EnvFromRegionVariables Read(Container container, ConfigMapView configMaps)
    {
        SkipReason? unreadable = null;
        VariableSource.ConfigMapKey? region = null;
        VariableSource.ConfigMapKey? defaultRegion = null;
        foreach (var json in container.EnvFrom.Items())
        {
            var source = new EnvFromSource(json);
            if (source.KeyOf(Variables.Region) is null && source.KeyOf(Variables.DefaultRegion) is null)
            {
                continue;
            }

            if (source.IsSecret)
            {
                unreadable = SkipReason.EnvFromSecret;
            }
            else if (source.ConfigMap is not { } name)
            {
                continue;
            }
            else if (configMaps.Lookup(name) is var configMap && configMap.Data is { Values: var values })
            {
                region = Find(source, name, values, Variables.Region) ?? region;
                defaultRegion = Find(source, name, values, Variables.DefaultRegion) ?? defaultRegion;
            }
            else if (configMap.IsUnknown || !source.IsOptional)
            {
                // The container cannot start before a ConfigMap exists that it requires; its data cannot be known now.
                unreadable ??= SkipReason.EnvFromConfigMap;
            }
        }

        return new EnvFromRegionVariables(unreadable, region, defaultRegion);
    }

    private static VariableSource.ConfigMapKey? Find(
        EnvFromSource source, string name, IReadOnlyDictionary<string, string> values, string variable) =>
        source.KeyOf(variable) is { } key && values.TryGetValue(key, out var value)
            ? new VariableSource.ConfigMapKey(name, key, source.IsOptional, value)
            : null;
}
