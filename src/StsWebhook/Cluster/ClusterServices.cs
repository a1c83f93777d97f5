using Microsoft.Extensions.DependencyInjection;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>Registers the services that need an API server.</summary>
internal static class ClusterServices
{
    /// <summary>
    /// Adds the node lookup and the region of the instance; the node watch unless the nodes are read from a file; the ConfigMap
    /// cache unless ConfigMaps are not to be read.
    /// </summary>
    public static void AddCluster(this IServiceCollection services, KubernetesApiClient api, StartupSettings settings)
    {
        services.AddSingleton(_ => api).AddSingleton<NodeLookup>().AddHostedService<InstanceMetadata>();
        if (settings.NodesFile is null)
        {
            services.AddHostedService<NodeWatcher>();
        }

        if (settings.ReadConfigMaps)
        {
            services.AddSingleton<ConfigMapCache>();
        }
    }
}
