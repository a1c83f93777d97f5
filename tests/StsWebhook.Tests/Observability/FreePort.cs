using System.Net;
using System.Net.Sockets;

namespace StsWebhook.Tests.Observability;

/// <summary>Ports for servers that cannot choose one and tell it.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
