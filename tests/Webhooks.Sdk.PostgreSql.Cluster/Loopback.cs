using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>Ports of this machine that only itself reaches.</summary>
internal static class Loopback
{
    public const string Address = "127.0.0.1";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
