using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace StsWebhook.Tests.Support;

/// <summary>The instance metadata service, version 2, on loopback: a token first, then the region with it.</summary>
internal sealed class StubInstanceMetadata : IAsyncDisposable
{
    private const string Token = "AQAEAstub==";

    private readonly ConcurrentQueue<StubRequest> requests = new();
    private readonly WebApplication app;

    private StubInstanceMetadata(string region, Task awaited)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var request = new StubRequest(context.Request.Method, context.Request.Path.Value!, new Dictionary<string, string>(StringComparer.Ordinal), headers);
            requests.Enqueue(request);
            await awaited.WaitAsync(context.RequestAborted);
            switch (request)
            {
                case { Method: "PUT", Path: "/latest/api/token" } when headers.ContainsKey("X-aws-ec2-metadata-token-ttl-seconds"):
                    await context.Response.WriteAsync(Token);
                    break;
                case { Method: "GET", Path: "/latest/meta-data/placement/region" }
                    when headers.GetValueOrDefault("X-aws-ec2-metadata-token") == Token:
                    await context.Response.WriteAsync(region);
                    break;
                default:
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    break;
            }
        });
    }

    public IReadOnlyCollection<StubRequest> Requests => requests;

    /// <summary>The variable that leads the program here.</summary>
    public (string Name, string Value) Variable => ("AWS_EC2_METADATA_SERVICE_ENDPOINT",
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Begins to serve; it answers after <paramref name="awaited"/>.</summary>
    public static async Task<StubInstanceMetadata> StartAsync(string region, Task? awaited = null)
    {
        var stub = new StubInstanceMetadata(region, awaited ?? Task.CompletedTask);
        await stub.app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
