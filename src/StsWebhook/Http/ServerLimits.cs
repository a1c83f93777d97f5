using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace StsWebhook.Http;

/// <summary>
/// Limits the resources that a client can occupy, and for how long. The API server is the only intended client of the
/// admission port, but any client with network access to the pod can connect.
/// </summary>
internal static class ServerLimits
{
    /// <summary>
    /// The longest body that an API server sends, in bytes: two objects, new and old, of at most 3 MiB each, which is its limit
    /// (k8s.io/apiserver, MaxRequestBodyBytes), and 1 MiB for the rest of the review. Its JSON writes a character such as
    /// <c>&lt;</c> as six bytes, <c>\u003c</c> (encoding/json, HTMLEscape). The memory may allow less:
    /// <see cref="AdmissionControl.MaxBody"/>.
    /// </summary>
    public const int MaxBody = ((2 * 3 * 6) + 1) * 1024 * 1024;

    /// <summary>The longest small body, in bytes. Most reviews of pods have 5 to 15 KiB.</summary>
    public const int SmallBody = 16 * 1024;

    /// <summary>The longest medium body, in bytes, if the memory suffices: nearly all other pods.</summary>
    public const int MediumBody = 256 * 1024;

    /// <summary>
    /// The timeout of a TLS handshake, the same as the API server's (k8s.io/apimachinery, SetTransportDefaults).
    /// </summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a connection may stay open without a valid request. The API server and the kubelet connect to send one at
    /// once, so the handshake takes most of this time.
    /// </summary>
    public static readonly TimeSpan Unproven = Handshake;

    /// <summary>
    /// The memory of a connection, in bytes: measured 42 KiB idle and 65 KiB after a request, with OpenSSL's part.
    /// </summary>
    private const long BytesPerConnection = 64 * 1024;

    /// <summary>Connections may use one eighth of the memory.</summary>
    private const int ConnectionDivisor = 8;

    /// <summary>Each API server keeps at most 25 idle connections, and opens one for each concurrent review.</summary>
    private const long MinConnections = 128;

    /// <summary>More than the API servers of any cluster open.</summary>
    private const long MaxConnections = 4096;

    /// <summary>The memory limit of the process, in bytes: the limit of the container, or the memory of the machine.</summary>
    public static long AvailableMemory { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>
    /// The maximum number of connections of a port. Each port has its own, so clients of the admission port cannot block
    /// probes.
    /// </summary>
    /// <param name="available">The memory limit of the process, in bytes.</param>
    public static long ConnectionsFor(long available) =>
        Math.Clamp(available / ConnectionDivisor / BytesPerConnection, MinConnections, MaxConnections);

    /// <summary>Sets Kestrel's limits for both ports.</summary>
    /// <param name="kestrel">The options of Kestrel.</param>
    public static void Apply(KestrelServerOptions kestrel)
    {
        // ReviewHandler limits what it reads: a review that is too long gets a review as its answer, not 413.
        kestrel.Limits.MaxRequestBodySize = null;

        // ConnectionTracker limits the connections: Kestrel would close the new one, not an idle one.
        kestrel.Limits.MaxConcurrentConnections = null;

        // The API server and Prometheus send about ten headers of a few hundred bytes. Proxies and meshes add more.
        kestrel.Limits.MaxRequestLineSize = 2 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;

        // Clients send all headers in one packet.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);

        // The API server closes idle connections after 90 s (k8s.io/apimachinery, SetTransportDefaults). It must be the
        // first to do so: a request on a connection that the server is closing fails. Connections without a valid request
        // are closed much earlier: Unproven.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);

        // In a data centre, 7 MiB arrive in a fraction of a second. A slower client holds memory that others wait for.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 64 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>
    /// Reads at most 64 KiB ahead on each connection, so that bodies that wait for memory wait on the side of the client.
    /// The default is 1 MiB.
    /// </summary>
    public static void Apply(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = 64 * 1024;
}
