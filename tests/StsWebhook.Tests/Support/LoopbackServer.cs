using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace StsWebhook.Tests.Support;

/// <summary>A Kestrel server on the loopback address, for stubs.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackServer(WebApplication app) => this.app = app;

    /// <summary>The address with scheme and port, without a slash at the end.</summary>
    public string Address => app.Urls.Single();

    public int Port => new Uri(Address).Port;

    /// <summary>Starts a server.</summary>
    /// <param name="handle">Answers every request.</param>
    /// <param name="listen">Configures TLS and protocols; plain HTTP/1.1 by default.</param>
    /// <param name="port">The port, or 0 for a free one.</param>
    public static async Task<LoopbackServer> StartAsync(RequestDelegate handle, Action<ListenOptions>? listen = null, int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, options =>
        {
            options.Protocols = HttpProtocols.Http1;
            listen?.Invoke(options);
        }));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var server = builder.Build();
        server.Run(handle);
        await server.StartAsync();
        return new LoopbackServer(server);
    }

    /// <summary>Closes every connection and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
