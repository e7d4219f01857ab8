using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Stands between an application and its database, and does to their connections what networks do.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(500);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ProxyFault _fault;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Sets what is wrong from now on.</summary>
    public void Set(ProxyFault fault)
    {
        TaskCompletionSource changed;

        lock (_lock)
        {
            _fault = fault;
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        if (fault is ProxyFault.Drop or ProxyFault.Reset)
        {
            CloseAll(isReset: fault == ProxyFault.Reset);
        }

        changed.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        CloseAll(isReset: true);
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private void CloseAll(bool isReset)
    {
        foreach (Socket socket in _sockets.Keys)
        {
            Close(socket, isReset);
        }
    }

    private void Close(Socket socket, bool isReset)
    {
        if (_sockets.TryRemove(socket, out _))
        {
            try
            {
                socket.LingerState = new LingerOption(isReset, 0);
            }
            catch (SocketException)
            {
                // It is over already.
            }

            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.TryAdd(client, true);
        _sockets.TryAdd(server, true);

        try
        {
            if (_fault is not (ProxyFault.Drop or ProxyFault.Reset))
            {
                (client.NoDelay, server.NoDelay) = (true, true);
                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                await Task.WhenAny(PumpAsync(client, server, isAnswer: false), PumpAsync(server, client, isAnswer: true));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Both ends are told below.
        }

        Close(client, isReset: _fault == ProxyFault.Reset);
        Close(server, isReset: false);
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        byte[] buffer = new byte[65536];
        bool isLost = false;

        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is int read and > 0)
            {
                await PassAsync();
                isLost |= isAnswer && _fault == ProxyFault.HalfOpen;

                for (int sent = 0; !isLost && sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed by either side, or by a fault.
        }
    }

    private async Task PassAsync()
    {
        if (_fault == ProxyFault.Slow)
        {
            using var timer = new PeriodicTimer(Slowness);
            await timer.WaitForNextTickAsync(_stop.Token);
        }

        while (true)
        {
            Task changed;

            lock (_lock)
            {
                if (_fault != ProxyFault.Blackhole)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(_stop.Token);
        }
    }
}
