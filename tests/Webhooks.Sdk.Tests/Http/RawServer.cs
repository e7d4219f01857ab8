using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// A loopback server of bytes: each accepted connection is served by a function that reads and writes as badly as the test wants.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<RawConnection, Task> _serve;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly ConcurrentBag<Socket> _sockets = [];
    private int _connections;

    private RawServer(Func<RawConnection, Task> serve, X509Certificate2? certificate)
    {
        _serve = serve;
        _certificate = certificate;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // All of 127.0.0.0/8 arrives here, so that a test can give addresses different meanings.
        _listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Gets each request as it was read: head and body.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Gets the addresses that the connections came in on.</summary>
    public ConcurrentQueue<IPAddress> DialledAddresses { get; } = [];

    public int Connections => Volatile.Read(ref _connections);

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static RawServer Start(Func<RawConnection, Task> serve, X509Certificate2? certificate = null) => new(serve, certificate);

    /// <summary>Answers every request on every connection with the same text.</summary>
    public static RawServer Answering(string answer) => Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.WriteAsync(answer);
        }
    });

    public Uri Url(string host, string pathAndQuery = "/") => new($"http://{host}:{Port}{pathAndQuery}");

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;

        foreach (Socket socket in _sockets)
        {
            socket.Dispose();
        }

        await Task.WhenAll(_serving);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;

            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            _sockets.Add(socket);
            DialledAddresses.Enqueue(((IPEndPoint)socket.LocalEndPoint!).Address);
            _serving.Add(ServeAsync(socket, Interlocked.Increment(ref _connections)));
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        try
        {
            Stream stream = new NetworkStream(socket, ownsSocket: true);

            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsServerAsync(_certificate);
            }

            await using (stream)
            {
                await _serve(new RawConnection(this, stream, socket, number));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The client went away, which is its right.
        }
    }
}
