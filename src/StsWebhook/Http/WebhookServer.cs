using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StsWebhook.Certificates;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>The server with its two ports: the composition root of <c>sts-webhook serve</c>.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookServer(WebApplication app) => this.app = app;

    /// <summary>The admission port; valid once the server has started.</summary>
    public int HttpsPort => Port("https://");

    /// <summary>The port for probes and metrics; valid once the server has started.</summary>
    public int ManagementPort => Port("http://");

    /// <summary>Creates a server that does not listen yet.</summary>
    /// <inheritdoc cref="CreateBuilder"/>
    public static WebhookServer Create(ServerSettings settings, SettingsLoader loader, TimeProvider time) =>
        Build(CreateBuilder(settings, loader, time));

    /// <summary>
    /// Registers all parts of the server. The caller may add services before <see cref="Build"/>, such as an
    /// <c>IStartupFilter</c> with further endpoints.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="loader">The source of the settings, for reloads.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ConfigurationException">
    /// A file that the settings name is missing or invalid, or the settings contradict each other.
    /// </exception>
    public static WebApplicationBuilder CreateBuilder(ServerSettings settings, SettingsLoader loader, TimeProvider time)
    {
        var startup = settings.Startup;
        var api = KubernetesApiClient.Connect(startup, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "sts-webhook" });
        builder.Services.AddSingleton(time);
        builder.AddTelemetry(settings);
        builder.Services.AddSettings(settings, loader);
        builder.Services.AddReview(startup, api);
        builder.Services.AddCertificates(startup, api, time);
        builder.Services.AddGracefulShutdown();
        builder.AddAdmission(startup, time);
        builder.AddManagement(startup);
        return builder;
    }

    /// <summary>Creates a server that does not listen yet.</summary>
    /// <param name="builder">The builder of <see cref="CreateBuilder"/>.</param>
    public static WebhookServer Build(WebApplicationBuilder builder)
    {
        var built = builder.Build();
        var admission = built.Services.GetRequiredService<AdmissionEndpoint>();
        var management = built.Services.GetRequiredService<ManagementEndpoint>();
        var shutdown = built.Services.GetRequiredService<GracefulShutdown>();
        var levels = built.Services.GetRequiredService<LogLevelSwitch>();
        built.Lifetime.ApplicationStarted.Register(levels.EnableFramework);
        var time = built.Services.GetRequiredService<TimeProvider>();
        built.Run(async context =>
        {
            shutdown.CloseConnectionIfDraining(context.Response);
            var connection = context.Features.GetRequiredFeature<TrackedConnection>();
            connection.StartRequest(time.GetTimestamp());
            try
            {
                await (context.Request.IsHttps ? admission.HandleAsync(context) : management.HandleAsync(context))
                    .ConfigureAwait(false);
            }
            finally
            {
                connection.EndRequest(time.GetTimestamp());
            }
        });
        return new WebhookServer(built);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ConfigurationException">A port is in use, or this user may not use it.</exception>
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

        app.Logger.Listening(BuildInfo.Version, BuildInfo.Commit, HttpsPort, ManagementPort);
    }

    /// <summary>Serves until a signal or <paramref name="cancellation"/> stops the process.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await StartAsync(cancellation).ConfigureAwait(false);
        await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private int Port(string scheme) => app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses
        .Where(address => address.StartsWith(scheme, StringComparison.Ordinal))
        .Select(address => int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture))
        .Single();
}
