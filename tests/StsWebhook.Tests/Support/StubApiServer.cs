using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace StsWebhook.Tests.Support;

/// <summary>
/// The part of the Kubernetes API that the program uses, over TLS on loopback, with injected faults. It serves its
/// <see cref="Cluster"/>.
/// </summary>
internal sealed class StubApiServer : IAsyncDisposable
{
    /// <summary>The bearer token of requests; tests check that it is not logged.</summary>
    public const string Token = "stub-token-7f3d0c1e";

    private readonly StubAuthority authority = new();
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<StubRequest> requests = new();
    private readonly string prefix;
    private CancellationTokenSource stopping = new();
    private LoopbackServer? listener;
    private int port;

    private StubApiServer(string prefix, StubObjects objects)
    {
        this.prefix = prefix;
        Objects = objects;
    }

    public StubCluster Cluster { get; } = new();

    /// <summary>The objects that the program also writes.</summary>
    public StubObjects Objects { get; }

    /// <summary>The clock for the Date header of answers.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The lists that the audit reads besides the nodes.</summary>
    public StubLists Lists { get; } = new();

    /// <summary>All requests, in order.</summary>
    public IReadOnlyCollection<StubRequest> Requests => requests;

    /// <summary>Returns the fault of a request, or null for none.</summary>
    public Func<StubRequest, StubFault?> Fault { get; set; } = _ => null;

    /// <summary>The path of the kubeconfig file.</summary>
    public string Kubeconfig => folder["kubeconfig"];

    /// <summary>Begins to serve.</summary>
    /// <param name="prefix">The path before <c>/api</c>, as with the proxies of Rancher and others.</param>
    /// <param name="objects">The objects of another server of the same cluster.</param>
    public static async Task<StubApiServer> StartAsync(string prefix = "", StubObjects? objects = null)
    {
        var server = new StubApiServer(prefix, objects ?? new StubObjects());
        await server.ListenAsync();
        server.folder.Write("kubeconfig", server.authority.Kubeconfig($"https://127.0.0.1:{server.port}{prefix}", Token));
        return server;
    }

    /// <summary>Number of requests that match.</summary>
    public int Count(Func<StubRequest, bool> sort) => requests.Count(sort);

    /// <summary>Stops: closes every connection, and accepts none.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await listener!.DisposeAsync();
        listener = null;
    }

    /// <summary>Starts again on the same port.</summary>
    public Task StartAgainAsync()
    {
        stopping.Dispose();
        stopping = new CancellationTokenSource();
        return ListenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
        {
            await StopAsync();
        }

        stopping.Dispose();
        authority.Dispose();
        folder.Dispose();
    }

    private async Task ListenAsync()
    {
        listener = await LoopbackServer.StartAsync(HandleAsync, options => options.UseHttps(authority.Server), port);
        port = listener.Port;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var end = stopping.Token;
        var path = context.Request.Path.Value!;
        var request = new StubRequest(
            context.Request.Method,
            path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : "outside of the prefix: " + path,
            context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        requests.Enqueue(request);
        try
        {
            await AnswerAsync(context, request, end);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, StubRequest request, CancellationToken end)
    {
        context.Response.Headers.Date = Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var fault = request.Headers.GetValueOrDefault("Authorization") == $"Bearer {Token}" ? Fault(request) : StubFault.Status(401);
        if (fault?.Awaited is { } awaited)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(end, context.RequestAborted);
            await awaited.WaitAsync(ended.Token);
        }

        if (fault is { IsCut: true })
        {
            context.Abort();
        }
        else if (fault?.Code is { } code)
        {
            await RefuseAsync(context, code);
        }
        else if (fault?.Text is { } text)
        {
            await SendAsync(context, text);
        }
        else if (request.IsNodeWatch)
        {
            var watch = Cluster.Watch(long.Parse(request.Query["resourceVersion"], CultureInfo.InvariantCulture));
            await (watch is null
                ? RefuseAsync(context, StatusCodes.Status410Gone)
                : WatchAsync(context, request, watch, Cluster.Close, end));
        }
        else if (request.ObjectKind is { } kind)
        {
            await AnswerObjectAsync(context, request, kind, fault?.AnswerAfter ?? Task.CompletedTask, end);
        }
        else
        {
            var found = request.Path.Split('/') switch
            {
                ["", "api", "v1", "nodes"] => Cluster.List(
                    int.Parse(request.Query.GetValueOrDefault("limit", "1000000"), CultureInfo.InvariantCulture),
                    request.Query.GetValueOrDefault("continue")),
                ["", "api", "v1", "nodes", var name] => Cluster.FindNode(name),
                ["", "api", "v1", "namespaces", var @namespace, "configmaps", var name] => Cluster.FindConfigMap(@namespace, name),
                _ => Lists.Find(request),
            };
            await (found is null ? RefuseAsync(context, StatusCodes.Status404NotFound) : SendAsync(context, found));
        }
    }

    private async Task AnswerObjectAsync(HttpContext context, StubRequest request, string kind, Task answerAfter, CancellationToken end)
    {
        if (request.IsWatch)
        {
            var watch = Objects.Watch(kind, request.ObjectName!, long.Parse(request.Query["resourceVersion"], CultureInfo.InvariantCulture));
            await WatchAsync(context, request, watch, Objects.Close, end);
            return;
        }

        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync(end);
        var (status, json) = request.Method switch
        {
            "POST" => Objects.Create(kind, text),
            "PATCH" => Objects.Patch(kind, request.ObjectName!, request.Headers["Content-Type"], text),
            _ when request.Query.ContainsKey("fieldSelector") => (200, JsonNode.Parse(Objects.List(kind, request.ObjectName!))!.AsObject()),
            _ => Objects.Find(kind, request.ObjectName!) is { } found ? (200, found) : (404, null),
        };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(end, context.RequestAborted);
        await answerAfter.WaitAsync(ended.Token);
        context.Response.StatusCode = status;
        await SendAsync(context, (json ?? Status(status)).ToJsonString());
    }

    private static async Task WatchAsync(
        HttpContext context, StubRequest request, Channel<WatchStep> watch, Action<Channel<WatchStep>> close, CancellationToken end)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(end, context.RequestAborted);
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(int.Parse(request.Query.GetValueOrDefault("timeoutSeconds", "1800"), CultureInfo.InvariantCulture)));
        using var any = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, timeout.Token);
        try
        {
            context.Response.ContentType = "application/json";
            await context.Response.StartAsync(ended.Token);
            await context.Response.Body.FlushAsync(ended.Token);
            await foreach (var step in watch.Reader.ReadAllAsync(any.Token))
            {
                switch (step)
                {
                    case WatchStep.Line line:
                        await context.Response.WriteAsync(line.Text + "\n", ended.Token);
                        await context.Response.Body.FlushAsync(ended.Token);
                        break;
                    case WatchStep.EndWithin half:
                        await context.Response.WriteAsync(half.Text, ended.Token);
                        return;
                    case WatchStep.CutWithin half:
                        await context.Response.WriteAsync(half.Text, ended.Token);
                        await context.Response.Body.FlushAsync(ended.Token);
                        context.Abort();
                        return;
                    default:
                        return;
                }
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            // The timeout of the watch has elapsed: it ends normally.
        }
        finally
        {
            close(watch);
        }
    }

    private static Task RefuseAsync(HttpContext context, int code)
    {
        context.Response.StatusCode = code;
        return SendAsync(context, Status(code).ToJsonString());
    }

    /// <summary>The Status object of an error.</summary>
    public static JsonObject Status(int code) => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = "from the stub",
        ["code"] = code,
    };

    private static Task SendAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
