using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class AtMostOnceStreamTests : IDisposable
{
    private readonly ScriptedStream _wire = new();
    private readonly byte[] _buffer = new byte[16];

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task ReadAsync_EndAfterARequest_Throws()
    {
        await using var stream = new AtMostOnceStream(_wire);
        await stream.WriteAsync("GET"u8.ToArray());
        ValueTask<int> reading = stream.ReadAsync(_buffer);

        _wire.Answer(0);

        HttpIOException exception = await Assert.ThrowsAsync<HttpIOException>(() => reading.AsTask());
        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
    }

    [Fact]
    public async Task ReadAsync_EndAfterTheAnswerBegan_ReturnsZero()
    {
        await using var stream = new AtMostOnceStream(_wire);
        await stream.WriteAsync("GET"u8.ToArray());
        ValueTask<int> first = stream.ReadAsync(_buffer);
        _wire.Answer(5);
        int begun = await first;
        ValueTask<int> second = stream.ReadAsync(_buffer);

        _wire.Answer(0);

        Assert.Equal(5, begun);
        Assert.Equal(0, await second);
    }

    [Fact]
    public async Task ReadAsync_EndAfterASecondRequest_Throws()
    {
        await using var stream = new AtMostOnceStream(_wire);
        await stream.WriteAsync("GET"u8.ToArray());
        ValueTask<int> answer = stream.ReadAsync(_buffer);
        _wire.Answer(5);
        await answer;
        ValueTask<int> ahead = stream.ReadAsync(_buffer);
        await stream.WriteAsync("GET"u8.ToArray());

        _wire.Answer(0);

        await Assert.ThrowsAsync<HttpIOException>(() => ahead.AsTask());
    }

    [Fact]
    public async Task ReadAsync_EmptyBuffer_SaysNothingAboutTheEnd()
    {
        await using var stream = new AtMostOnceStream(_wire);
        await stream.WriteAsync("GET"u8.ToArray());
        ValueTask<int> waiting = stream.ReadAsync(Memory<byte>.Empty);

        _wire.Answer(0);

        Assert.Equal(0, await waiting);
    }

    [Fact]
    public async Task WriteAsync_AfterTheEndOfARestingConnection_WritesNothing()
    {
        await using var stream = new AtMostOnceStream(_wire);
        ValueTask<int> ahead = stream.ReadAsync(_buffer);
        _wire.Answer(0);
        int end = await ahead;

        IOException exception = await Assert.ThrowsAsync<StaleConnectionException>(() => stream.WriteAsync("GET"u8.ToArray()).AsTask());

        Assert.Equal(0, end);
        Assert.Equal(0, _wire.Written);
        Assert.True(StaleConnectionException.IsCauseOf(new HttpRequestException("outer", exception)));
    }

    [Fact]
    public async Task WriteAsync_AfterTheResetOfARestingConnection_WritesNothing()
    {
        await using var stream = new AtMostOnceStream(_wire);
        ValueTask<int> ahead = stream.ReadAsync(_buffer);
        _wire.Fail(new IOException("reset"));
        await Assert.ThrowsAsync<IOException>(() => ahead.AsTask());

        await Assert.ThrowsAsync<StaleConnectionException>(() => stream.WriteAsync("GET"u8.ToArray()).AsTask());

        Assert.Equal(0, _wire.Written);
    }

    [Fact]
    public async Task WriteAsync_ManyPartsOfARequest_PassThrough()
    {
        await using var stream = new AtMostOnceStream(_wire);

        await stream.WriteAsync("head"u8.ToArray());
        await stream.WriteAsync("body"u8.ToArray());

        Assert.Equal(8, _wire.Written);
    }

    [Fact]
    public async Task ReadAsync_OnceWarm_PoolsItsWaiting()
    {
        await using var stream = new AtMostOnceStream(_wire);
        byte[] request = [1];
        int exchanged = Exchange(stream, request);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            exchanged += Exchange(stream, request);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1001, exchanged);

        // Nothing in a Release build; in a Debug build the compiler makes the state machine a class. An unpooled one would double either.
        Assert.InRange(allocated, 0, 1000 * 100);
    }

    [Fact]
    public void Dispose_ClosesTheWire()
    {
        new AtMostOnceStream(_wire).Dispose();

        Assert.False(_wire.CanRead);
    }

    private int Exchange(AtMostOnceStream stream, byte[] request)
    {
        ValueTask write = stream.WriteAsync(request);
        ValueTask<int> read = stream.ReadAsync(_buffer);
        _wire.Answer(1);

        return write.IsCompletedSuccessfully && read.IsCompleted ? read.Result : 0;
    }
}
