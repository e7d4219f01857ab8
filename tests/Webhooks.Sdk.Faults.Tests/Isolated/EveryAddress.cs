using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Faults.Tests.Isolated;

/// <summary>
/// A receiver at every address of a network in which every address is ours. It notes the addresses that connections came in on.
/// </summary>
internal sealed class EveryAddress : IDisposable
{
    private readonly Socket _listener;

    public EveryAddress()
    {
        _listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        _listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        _listener.Listen(512);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Gets the addresses that were dialled, one for each connection.</summary>
    public ConcurrentQueue<IPAddress> Dialled { get; } = [];

    /// <summary>Gets or sets where requests are sent on to; null answers them with 200.</summary>
    public string? RedirectTarget { get; set; }

    /// <summary>Whether an address can be connected to at all: multicast and broadcast cannot.</summary>
    public async Task<bool> CanBeReachedAtAsync(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        try
        {
            await socket.ConnectAsync(address, Port).WaitAsync(TimeSpan.FromSeconds(5));
            return true;
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            return false;
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket = await _listener.AcceptAsync();
            IPAddress address = ((IPEndPoint)socket.LocalEndPoint!).Address;
            Dialled.Enqueue(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
            _ = ServeAsync(socket);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            byte[] buffer = new byte[4096];

            // Requests are small and come one at a time: each fits into one read.
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                string head = RedirectTarget is null ? "HTTP/1.1 200 OK\r\n" : $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {RedirectTarget}\r\n";
                await socket.SendAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: 0\r\n\r\n"));
            }
        }
    }
}
