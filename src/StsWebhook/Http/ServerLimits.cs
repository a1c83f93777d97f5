using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace StsWebhook.Http;

/// <summary>
/// How much of the server a client may hold, and for how long. The API server is the only client of the admission
/// port, but whoever reaches the pod can connect.
/// </summary>
internal static class ServerLimits
{
    /// <summary>
    /// Shorter than the API server's own patience with handshakes, 10 s (k8s.io/apimachinery, SetTransportDefaults), and
    /// as long as one may take on a busy node.
    /// </summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a connection takes of the heap and beside it with a small body half read, in bytes: measured 42 KiB idle, 65 KiB
    /// after a request. A container's limit is spent on connections to two fifths at the most.
    /// </summary>
    private const long PerConnection = 100 * 1024;

    /// <summary>Each API server keeps at most 25 idle connections and opens one for each review under way.</summary>
    private const long MinConnections = 256;

    private const long MaxConnections = 4096;

    /// <summary>Sets Kestrel's limits.</summary>
    /// <param name="kestrel">What to set them on.</param>
    /// <param name="heap">What the heap may take, in bytes.</param>
    public static void Apply(KestrelServerOptions kestrel, long heap)
    {
        kestrel.Limits.MaxRequestBodySize = AdmissionEndpoint.MaxBody;

        // Each port counts its own, so that probes get in however many clients hold the admission port.
        kestrel.Limits.MaxConcurrentConnections = Math.Clamp(heap * 4 / 5 / PerConnection, MinConnections, MaxConnections);

        // The API server and Prometheus send about ten headers of some hundred bytes; proxies and meshes add theirs.
        kestrel.Limits.MaxRequestLineSize = 2 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;

        // Headers come in one packet, whole.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);

        // The API server drops idle connections after 90 s (k8s.io/apimachinery, SetTransportDefaults). It must be the
        // first to do so: a request that meets a connection on its way out fails.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);

        // Within a data centre 7 MiB take a fraction of a second. Whoever is slower holds memory that others wait for.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 64 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>Bodies that wait for their turn do so in the sender's memory: 1 MiB would be read ahead of each.</summary>
    public static void Apply(SocketTransportOptions sockets) => sockets.MaxReadBufferSize = 64 * 1024;
}
