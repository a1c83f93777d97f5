using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>Registers the parts of the server: one method for each part.</summary>
internal static class ServerServices
{
    /// <summary>
    /// The maximum time for requests in progress at shutdown. With the default <c>shutdownDelay</c> before it, the shutdown
    /// stays within the 30 s that the kubelet gives a pod.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Adds the startup settings, the reviewer of the reloadable ones and, if there is a settings file, its watcher.</summary>
    public static void AddSettings(this IServiceCollection services, ServerSettings settings, SettingsLoader loader)
    {
        services
            .AddSingleton(settings.Startup)
            .AddSingleton(new ReviewerProvider(settings.Reloadable))
            .AddSingleton(loader);
        if (loader.File is not null)
        {
            services.AddHostedService<SettingsWatcher>();
        }
    }

    /// <summary>Adds logs, metrics and, if the environment configures a collector, traces.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var levels = new LogLevelSwitch(settings.Reloadable.LogLevel);
        builder.Logging.AddJsonLines(levels);
        builder.Services
            .AddSingleton(levels)
            .AddSingleton(new ServerMetrics(settings.Startup.CountByNamespace));
        builder.AddTracing();
    }

    /// <summary>Adds the state of the cluster that a review depends on.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="api">The client of the API server; null without a cluster.</param>
    /// <exception cref="ConfigurationException">The nodes file of the settings is missing or invalid.</exception>
    public static void AddReview(this IServiceCollection services, StartupSettings settings, KubernetesApiClient? api)
    {
        services
            .AddSingleton(provider => new ClusterSnapshotProvider(
                provider.GetRequiredService<NodeStore>(),
                provider.GetService<ConfigMapCache>(),
                provider.GetService<NodeLookup>()));
        if (api is not null)
        {
            services.AddCluster(api, settings);
        }

        if (api is not null && settings.NodesFile is null)
        {
            // The watch of the cluster publishes the nodes.
            services.AddSingleton<NodeStore>();
            return;
        }

        var nodes = settings.NodesFile is { } file ? NodesFile.Read(file) : NodeTable.Empty;
        services.AddSingleton(provider =>
        {
            var store = new NodeStore(
                provider.GetRequiredService<ServerMetrics>(), provider.GetRequiredService<ILogger<NodeStore>>());
            store.Publish(nodes);
            return store;
        });
    }

    /// <summary>Adds the admission port: HTTPS, the endpoint and its limits.</summary>
    public static void AddAdmission(this WebApplicationBuilder builder, StartupSettings settings, TimeProvider time)
    {
        var control = new AdmissionControl(settings, ServerLimits.AvailableMemory, time);
        builder.Services
            .AddSingleton(control)
            .AddSingleton<ReviewHandler>()
            .AddSingleton<AdmissionEndpoint>()
            .Configure<SocketTransportOptions>(ServerLimits.Apply);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            ServerLimits.Apply(kestrel);
            kestrel.ListenAnyIP(settings.HttpsPort, listen =>
            {
                // The API server uses HTTP/1.1 for a webhook behind a Service (k8s.io/apiserver, webhook client).
                listen.Protocols = HttpProtocols.Http1;
                listen.TrackConnections("admission");
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = kestrel.ApplicationServices.GetRequiredService<ServingCertificate>().ForHandshakeAsync,
                    HandshakeTimeout = ServerLimits.Handshake,
                });
            });
        });
    }

    /// <summary>Adds the management port: HTTP, probes and metrics.</summary>
    public static void AddManagement(this WebApplicationBuilder builder, StartupSettings settings)
    {
        builder.Services
            .AddSingleton<Readiness>()
            .AddSingleton<ManagementEndpoint>();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenAnyIP(settings.ManagementPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.TrackConnections("management");
            }));
    }

    /// <summary>Adds the reaction to SIGTERM and SIGINT.</summary>
    public static void AddGracefulShutdown(this IServiceCollection services) => services
        .AddSingleton<DrainSignal>()
        .AddSingleton<GracefulShutdown>()
        .AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<GracefulShutdown>())
        .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

    /// <summary>
    /// Limits the connections of a port. It must be the first middleware, so that it sees handshakes too. It measures time with
    /// the machine's clock, as all timeouts of requests: a test that advances the injected clock by weeks must not close them.
    /// </summary>
    private static void TrackConnections(this ListenOptions listen, string port)
    {
        var tracker = new ConnectionTracker(
            port,
            ServerLimits.ConnectionsFor(ServerLimits.AvailableMemory),
            listen.ApplicationServices.GetRequiredService<ServerMetrics>(),
            TimeProvider.System);
        listen.Use(next => context => tracker.HandleAsync(context, next));
    }
}
