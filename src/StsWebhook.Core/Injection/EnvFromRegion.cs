using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>
/// What a container's <c>envFrom</c> says of a region variable. An entry of <c>env</c> would hide it, so it must be
/// known before one is injected.
/// </summary>
/// <param name="UnreadableReason">Why it may say something that nobody sees here, as a <see cref="SkipReason"/>; or null.</param>
/// <param name="Region">Where <c>AWS_REGION</c> comes from, or null.</param>
/// <param name="DefaultRegion">Where <c>AWS_DEFAULT_REGION</c> comes from, or null.</param>
internal readonly record struct EnvFromRegion(
    string? UnreadableReason, VariableSource.ConfigMapKey? Region, VariableSource.ConfigMapKey? DefaultRegion)
{
    /// <summary>Reads the sources in their order: of two that make one variable the kubelet takes the later.</summary>
    public static EnvFromRegion Read(Container container, ConfigMapView configMaps)
    {
        string? unseen = null;
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
                unseen = SkipReason.EnvFromSecret;
            }
            else if (source.ConfigMap is not { } name)
            {
                continue;
            }
            else if (!configMaps.TryRead(name, out var data) || (data is null && !source.IsOptional))
            {
                // One that the container cannot start without will be there by then, with whatever it holds.
                unseen ??= SkipReason.EnvFromConfigMap;
            }
            else if (data is not null)
            {
                region = Find(source, name, data, Variables.Region) ?? region;
                defaultRegion = Find(source, name, data, Variables.DefaultRegion) ?? defaultRegion;
            }
        }

        return new EnvFromRegion(unseen, region, defaultRegion);
    }

    private static VariableSource.ConfigMapKey? Find(
        EnvFromSource source, string name, IReadOnlyDictionary<string, string> data, string variable) =>
        source.KeyOf(variable) is { } key && data.TryGetValue(key, out var value)
            ? new VariableSource.ConfigMapKey(name, key, source.IsOptional, value)
            : null;
}
