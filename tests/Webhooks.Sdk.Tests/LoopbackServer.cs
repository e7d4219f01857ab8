using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests;

/// <summary>
/// A server on a loopback socket that records what it reads to the byte, and writes what the test says.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<RecordedRequest, Stream, CancellationToken, Task> _answer;
    private readonly Task _accepting;

    private LoopbackServer(Func<RecordedRequest, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Answers the first request with the first status, the second with the second, and all that follow with the last.</summary>
    public static LoopbackServer Start(params int[] statuses) =>
        StartRaw([.. statuses.DefaultIfEmpty(200).Select(status => Response(status))]);

    /// <summary>Answers with raw responses in turn, and all that follow with the last.</summary>
    public static LoopbackServer StartRaw(params string[] responses)
    {
        int next = -1;

        return Start((_, stream, cancellationToken) =>
        {
            string response = responses[Math.Min(Interlocked.Increment(ref next), responses.Length - 1)];
            return stream.WriteAsync(Encoding.UTF8.GetBytes(response), cancellationToken).AsTask();
        });
    }

    /// <summary>Lets the test write each answer. When it throws <see cref="IOException"/>, the connection is reset.</summary>
    public static LoopbackServer Start(Func<RecordedRequest, Stream, CancellationToken, Task> answer) => new(answer);

    public static string Response(int status, string body = "", string headers = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} Test\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Writes nothing until the server is stopped.</summary>
    public static Task StaySilentAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var stream = new NetworkStream(socket);
                var reader = new BufferedStream(stream);

                while (await ReadRequestAsync(reader) is { } request)
                {
                    _requests.Enqueue(request);
                    await _answer(request, stream, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
            }
            catch (IOException)
            {
                // Linger 0 makes the close a reset.
                socket.LingerState = new LingerOption(true, 0);
            }
        }
    }

    private async Task<RecordedRequest?> ReadRequestAsync(Stream stream)
    {
        string? requestLine = await ReadLineAsync(stream);

        if (requestLine is null)
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>();

        while (await ReadLineAsync(stream) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim(' ')));
        }

        var request = new RecordedRequest(requestLine, headers, []);
        byte[] body = new byte[int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return request with { Body = body };
    }

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];

        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
