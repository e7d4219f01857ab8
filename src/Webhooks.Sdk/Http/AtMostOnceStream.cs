using System;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The plain-text stream of an HTTP/1.1 connection, on which a request is never repeated behind our back.
/// </summary>
/// <remarks>
/// <para>
/// The runtime takes a connection that ends without an answer for one that went stale in the pool, and sends a request without a body again,
/// up to three times, on others. A receiver that read the request, acted and closed would act on each. Here such an end is an error
/// of the connection, which the runtime hands to the caller: who counts attempts and knows what may be repeated.
/// </para>
/// <para>
/// A connection that ended before a request is known to be stale: the write is refused with <see cref="StaleConnectionException"/>.
/// The bytes on the wire are those of the runtime. Reads and writes may overlap, each of them one at a time.
/// </para>
/// </remarks>
internal sealed class AtMostOnceStream(Stream inner) : Stream
{
    private const int Quiet = 0;
    private const int AwaitingAnswer = 1;
    private const int Ended = 2;

    // The pool reads ahead while a connection rests, so an end and the next request's first write race: whichever comes first decides.
    private int _state;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;

        try
        {
            count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.CompareExchange(ref _state, Ended, Quiet);
            throw;
        }

        if (count > 0)
        {
            Interlocked.CompareExchange(ref _state, Quiet, AwaitingAnswer);
        }
        else if (!buffer.IsEmpty && Interlocked.CompareExchange(ref _state, Ended, Quiet) == AwaitingAnswer)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The receiver closed the connection without an answer.");
        }

        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        return Interlocked.CompareExchange(ref _state, AwaitingAnswer, Quiet) == Ended
            ? ValueTask.FromException(new StaleConnectionException())
            : inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    // The transport is asynchronous only, so nothing reads or writes here in any other way.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
