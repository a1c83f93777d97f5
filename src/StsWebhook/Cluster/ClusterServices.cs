using Microsoft.Extensions.DependencyInjection;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>Puts together what needs an API server.</summary>
internal static class ClusterServices
{
    /// <summary>Watches nodes unless a file tells them, reads ConfigMaps unless told not to, asks for the instance's region.</summary>
    public static void AddCluster(this IServiceCollection services, KubernetesApiClient api, ServerSettings settings)
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
