using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace StsWebhook.Http;

/// <summary>
/// How much of the server a client may hold, and for how long. The API server is the only client of the admission
/// port, but whoever reaches the pod can connect.
/// </summary>
internal static class ServerLimits
{
    /// <summary>The API server's own patience with handshakes (k8s.io/apimachinery, SetTransportDefaults).</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>What a connection takes, in bytes: measured 42 KiB idle and 65 KiB after a request, OpenSSL's part included.</summary>
    private const long PerConnection = 64 * 1024;

    /// <summary>The part of the memory that connections may take: one of so many.</summary>
    private const int Part = 8;

    /// <summary>Each API server keeps at most 25 idle connections, and opens one for each review under way.</summary>
    private const long MinConnections = 128;

    /// <summary>More than the API servers of any cluster open.</summary>
    private const long MaxConnections = 4096;

    /// <summary>Sets Kestrel's limits.</summary>
    /// <param name="kestrel">What to set them on.</param>
    /// <param name="available">What the process may take, in bytes.</param>
    /// <param name="maxBody">The longest body that there is memory for, in bytes.</param>
    public static void Apply(KestrelServerOptions kestrel, long available, int maxBody)
    {
        kestrel.Limits.MaxRequestBodySize = maxBody;

        // Each port counts its own, so that probes get in however many clients hold the admission port.
        kestrel.Limits.MaxConcurrentConnections =
            Math.Clamp(available / Part / PerConnection, MinConnections, MaxConnections);

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
