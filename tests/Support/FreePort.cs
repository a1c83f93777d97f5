using System.Net;
using System.Net.Sockets;

namespace StsWebhook.Tests.Support;

/// <summary>Finds ports for servers that cannot choose a free port and report it.</summary>
public static class FreePort
{
    /// <summary>A TCP port of the loopback address that is free at the time of the call.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
