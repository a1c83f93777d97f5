using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>Lists the ConfigMaps that the variables of a pod are read from.</summary>
internal static class PodConfigMaps
{
    /// <summary>Limits the requests to the API server for one pod. Real pods have fewer ConfigMaps.</summary>
    private const int Max = 16;

    /// <summary>The ConfigMaps that <paramref name="containers"/> refer to, each once, at most 16.</summary>
    public static IReadOnlyList<ConfigMapReference> ReferencedBy(List<Container> containers, string @namespace)
    {
        List<ConfigMapReference>? found = null;
        foreach (var container in containers)
        {
            foreach (var source in container.EnvFrom.Items())
            {
                Add(new EnvFromSource(source).ConfigMap);
            }

            foreach (var variable in container.Env.Items())
            {
                Add(variable.Member("valueFrom"u8).Member("configMapKeyRef"u8).Text("name"u8));
            }
        }

        return (IReadOnlyList<ConfigMapReference>?)found ?? [];

        void Add(string? name)
        {
            if (name is not null && (found?.Count ?? 0) < Max)
            {
                var reference = new ConfigMapReference(@namespace, name);
                found ??= [];
                if (!found.Contains(reference))
                {
                    found.Add(reference);
                }
            }
        }
    }
}
