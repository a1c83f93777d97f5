using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace StsWebhook.Tests.Support;

/// <summary>An OpenTelemetry collector on loopback that keeps what it receives by HTTP or gRPC.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly LoopbackServer server;
    private readonly ConcurrentQueue<(string Request, byte[] Body)> received;

    private TraceCollector(LoopbackServer server, ConcurrentQueue<(string, byte[])> received)
    {
        this.server = server;
        this.received = received;
    }

    public string Endpoint => server.Address;

    /// <summary>Method and path, and body, of every request so far.</summary>
    public IReadOnlyCollection<(string Request, byte[] Body)> Received => received;

    /// <summary>Every span so far.</summary>
    public IReadOnlyList<Span> Spans => [.. received.SelectMany(sent => OtlpSpans.Read(Message(sent.Request, sent.Body)))];

    public static async Task<TraceCollector> StartAsync(HttpProtocols protocol = HttpProtocols.Http1)
    {
        var requests = new ConcurrentQueue<(string, byte[])>();
        var listener = await LoopbackServer.StartAsync(
            async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                requests.Enqueue(($"{context.Request.Method} {context.Request.Path}", body.ToArray()));
                if (context.Request.Protocol == HttpProtocol.Http2)
                {
                    context.Response.ContentType = "application/grpc";
                    await context.Response.Body.WriteAsync(new byte[5]);
                    context.Response.AppendTrailer("grpc-status", "0");
                }
            },
            options => options.Protocols = protocol);
        return new TraceCollector(listener, requests);
    }

    public bool HasReceived(ReadOnlySpan<byte> bytes)
    {
        foreach (var (_, body) in received)
        {
            if (body.AsSpan().IndexOf(bytes) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>The message of a request: gRPC prefixes it with a flag and its length (grpc.io, PROTOCOL-HTTP2).</summary>
    private static ReadOnlyMemory<byte> Message(string request, byte[] body)
    {
        const int Prefix = 5;
        if (request.EndsWith("/v1/traces", StringComparison.Ordinal))
        {
            return body;
        }

        if (body[0] != 0 || BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)) != body.Length - Prefix)
        {
            throw new InvalidDataException("not one gRPC message without compression");
        }

        return body.AsMemory(Prefix);
    }
}
