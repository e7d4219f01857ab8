using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Webhooks.Sdk.Benchmarks.Sending;

/// <summary>
/// A connection without a network: whatever is written to it is answered at once by the same <c>200 OK</c>. What is sent through it completes on the
/// thread that sends, so that thread's CPU time is all the time there is.
/// </summary>
/// <remarks>
/// One write is one request: those of the benchmarks fit the runtime's buffer of 4 KiB. For one request at a time.
/// </remarks>
internal sealed class CannedConnection : Stream, IValueTaskSource<int>
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nDate: Sat, 08 May 2021 12:00:05 GMT\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _buffer;
    private bool _isReading;
    private int _unread;

    /// <summary>Gets the bytes of the last request: what was really sent.</summary>
    public static long LastRequestBytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The callback of a pool that would otherwise open a socket.</summary>
    public static ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new CannedConnection());

    /// <summary>What a connector calls that would otherwise open a socket.</summary>
    public static ValueTask<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new CannedConnection());

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!buffer.Span.StartsWith("POST "u8))
        {
            return ValueTask.FromException(new InvalidOperationException("Something else than the beginning of a request was written."));
        }

        LastRequestBytes = buffer.Length;
        _unread = Answer.Length;

        if (_isReading)
        {
            _isReading = false;
            _read.SetResult(Take(_buffer));
        }

        return default;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_unread > 0)
        {
            return ValueTask.FromResult(Take(buffer));
        }

        _read.Reset();
        _buffer = buffer;
        _isReading = true;
        return new ValueTask<int>(this, _read.Version);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public int GetResult(short token) => _read.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Take(Memory<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _unread);
        Answer.AsMemory(Answer.Length - _unread, count).CopyTo(buffer);
        _unread -= count;
        return count;
    }
}
