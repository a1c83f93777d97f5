using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StsWebhook.Certificates;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>The running program: two ports, and what stands behind them.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    /// <summary>
    /// How long requests under way are waited for. With the usual delay before it, it is within the 30 s that the
    /// kubelet gives a pod.
    /// </summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>What the process may take, in bytes: the container's limit, or the machine's memory.</summary>
    private static readonly long Available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private readonly WebApplication app;
    private readonly StrongBox<bool> hasStarted;

    private WebhookServer(WebApplication app, StrongBox<bool> hasStarted)
    {
        this.app = app;
        this.hasStarted = hasStarted;
    }

    /// <summary>The port for reviews, once started.</summary>
    public int HttpsPort => Port("https://");

    /// <summary>The port for probes and metrics, once started.</summary>
    public int ManagementPort => Port("http://");

    /// <summary>Puts the program together; nothing listens yet.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="loader">Where they come from.</param>
    /// <param name="time">The clock.</param>
    /// <param name="extend">Puts something before the program's own answers: benchmarks, an endpoint to compare with.</param>
    /// <exception cref="ConfigurationException">A file that the settings name cannot be used.</exception>
    public static WebhookServer Create(
        ServerSettings settings, SettingsLoader loader, TimeProvider time, Action<IApplicationBuilder>? extend = null)
    {
        var api = KubernetesApiClient.Connect(settings, time);
        var nodes = settings.NodesFile is { } file ? NodesFile.Read(file) : NodeTable.Empty;

        var started = new StrongBox<bool>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "sts-webhook" });
        var threshold = new LogLevelSwitch(settings.LogLevel);
        builder.Logging.AddJsonLines(threshold, () => started.Value);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(threshold)
            .AddSingleton(loader)
            .AddSingleton(time)
            .AddSingleton<NodeStore>()
            .AddSingleton<ReviewerProvider>()
            .AddSingleton(new ServerMetrics(settings.CountByNamespace))
            .AddSingleton<GracefulShutdown>()
            .AddSingleton<IHostLifetime>(services => services.GetRequiredService<GracefulShutdown>())
            .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout)
            .Configure<SocketTransportOptions>(ServerLimits.Apply)
            .AddSingleton<Readiness>()
            .AddSingleton(new AdmissionControl(settings, Available, time))
            .AddSingleton<AdmissionEndpoint>()
            .AddSingleton<ManagementEndpoint>();
        if (loader.File is not null)
        {
            builder.Services.AddHostedService<SettingsWatcher>();
        }

        builder.Services.AddCertificates(settings, api, time);
        if (api is not null)
        {
            builder.Services.AddCluster(api, settings);
        }

        builder.Services.AddSingleton(services => new ClusterSnapshotProvider(
            services.GetRequiredService<NodeStore>(), services.GetService<ConfigMapCache>(), services.GetService<NodeLookup>()));
        builder.AddTracing();

        var built = builder.Build();
        var admission = built.Services.GetRequiredService<AdmissionEndpoint>();
        var management = built.Services.GetRequiredService<ManagementEndpoint>();
        var drain = built.Services.GetRequiredService<GracefulShutdown>();
        extend?.Invoke(built);
        built.Run(context =>
        {
            drain.CloseConnectionIfDraining(context.Response);
            return context.Request.IsHttps ? admission.HandleAsync(context) : management.HandleAsync(context);
        });
        if (api is null || settings.NodesFile is not null)
        {
            built.Services.GetRequiredService<NodeStore>().Publish(nodes);
        }

        return new WebhookServer(built, started);
    }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="ConfigurationException">A port is taken, or not for this user.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new ConfigurationException($"cannot listen: {e.Message}");
        }

        hasStarted.Value = true;
        app.Logger.Listening(BuildInfo.Version, BuildInfo.Commit, HttpsPort, ManagementPort);
    }

    /// <summary>Answers until the process is told to stop, by a signal or by <paramref name="cancellation"/>.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await StartAsync(cancellation).ConfigureAwait(false);
        await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        ServerLimits.Apply(kestrel, Available, kestrel.ApplicationServices.GetRequiredService<AdmissionControl>().MaxBody);
        kestrel.ListenAnyIP(settings.HttpsPort, listen =>
        {
            // The API server speaks HTTP/1.1 to a webhook behind a Service (k8s.io/apiserver, webhook client).
            listen.Protocols = HttpProtocols.Http1;
            var serving = kestrel.ApplicationServices.GetRequiredService<ServingCertificate>();
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = serving.ForHandshake,
                HandshakeTimeout = ServerLimits.Handshake,
            });
        });
        kestrel.ListenAnyIP(settings.ManagementPort, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private int Port(string scheme) => app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses
        .Where(address => address.StartsWith(scheme, StringComparison.Ordinal))
        .Select(address => int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture))
        .Single();
}
