using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Webhooks.Sdk.Benchmarks.Sending;

/// <summary>
/// Answers 200 to whatever it reads from a loopback socket, and allocates nothing while it does.
/// </summary>
/// <remarks>What it reads at once is one request: those of the benchmarks are small and come one after the other.</remarks>
internal sealed class LoopbackReceiver : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nDate: Sat, 08 May 2021 12:00:05 GMT\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoopbackReceiver()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Url = new Uri($"http://{_listener.LocalEndPoint}/hooks");
        Start(Accept);
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Dispose();

    private static void Start(Action work) => new Thread(() => EndQuietly(work)) { IsBackground = true, Name = nameof(LoopbackReceiver) }.Start();

    private static void EndQuietly(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side, or the benchmark, is at its end.
        }
    }

    private void Accept()
    {
        while (true)
        {
            Socket socket = _listener.Accept();
            Start(() => Serve(socket));
        }
    }

    private static void Serve(Socket socket)
    {
        using (socket)
        {
            Span<byte> buffer = stackalloc byte[4096];
            socket.NoDelay = true;

            while (socket.Receive(buffer) > 0)
            {
                socket.Send(Answer);
            }
        }
    }
}
