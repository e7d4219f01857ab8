using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.Tests;

/// <summary>
/// A port on which nobody listens: it is taken as long as this is not disposed, so that no other test's server can come to it.
/// </summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Any, 0));
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public void Dispose() => _socket.Dispose();
}
