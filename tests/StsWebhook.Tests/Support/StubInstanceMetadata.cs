using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace StsWebhook.Tests.Support;

/// <summary>The EC2 instance metadata service, version 2, on loopback: it returns a token, and the region for that token.</summary>
internal sealed class StubInstanceMetadata : IAsyncDisposable
{
    private const string Token = "AQAEAstub==";

    private readonly ConcurrentQueue<StubRequest> requests = new();
    private readonly string region;
    private readonly Task awaited;
    private LoopbackServer? server;

    private StubInstanceMetadata(string region, Task awaited)
    {
        this.region = region;
        this.awaited = awaited;
    }

    public IReadOnlyCollection<StubRequest> Requests => requests;

    /// <summary>The environment variable that makes the program use this service.</summary>
    public (string Name, string Value) Variable => ("AWS_EC2_METADATA_SERVICE_ENDPOINT", server!.Address);

    /// <summary>Starts the service; it answers after <paramref name="awaited"/>.</summary>
    public static async Task<StubInstanceMetadata> StartAsync(string region, Task? awaited = null)
    {
        var stub = new StubInstanceMetadata(region, awaited ?? Task.CompletedTask);
        stub.server = await LoopbackServer.StartAsync(stub.HandleAsync);
        return stub;
    }

    public async ValueTask DisposeAsync() => await server!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new StubRequest(
            context.Request.Method, context.Request.Path.Value!, new Dictionary<string, string>(StringComparer.Ordinal), headers);
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
    }
}
