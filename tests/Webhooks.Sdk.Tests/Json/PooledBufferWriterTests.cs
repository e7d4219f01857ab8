using System;
using System.Buffers;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class PooledBufferWriterTests
{
    [Fact]
    public void Write_PastTheCapacity_KeepsWhatIsWritten()
    {
        using var buffer = new PooledBufferWriter(1);
        byte[] expected = new byte[100_000];
        new Random(1).NextBytes(expected);

        foreach (byte value in expected)
        {
            buffer.GetSpan()[0] = value;
            buffer.Advance(1);
        }

        Assert.Equal(expected, buffer.ToArray());
        Assert.Equal(expected, buffer.WrittenSpan.ToArray());
        Assert.Equal(expected, buffer.WrittenMemory.ToArray());
        Assert.Equal(expected.Length, buffer.Length);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(5000, 5000)]
    public void GetSpan_WithASizeHint_GivesAtLeastThat(int sizeHint, int atLeast)
    {
        using var buffer = new PooledBufferWriter(16);
        buffer.GetSpan(10);
        buffer.Advance(10);

        Assert.True(buffer.GetSpan(sizeHint).Length >= atLeast);
        Assert.True(buffer.GetMemory(sizeHint).Length >= atLeast);
    }

    [Fact]
    public void Clear_ThenWrite_StartsAgain()
    {
        using var buffer = new PooledBufferWriter();
        buffer.Write("abc"u8);

        buffer.Clear();
        buffer.Write("d"u8);

        Assert.Equal("d"u8.ToArray(), buffer.ToArray());
    }

    [Fact]
    public void Dispose_AfterWriting_LeavesNothingInThePool()
    {
        // Of a size that nothing else rents, so that the pool gives the same array again.
        const int Capacity = 8_000_000;
        var buffer = new PooledBufferWriter(Capacity);
        buffer.GetSpan(Capacity).Fill(1);
        buffer.Advance(10);
        Span<byte> kept = buffer.GetSpan()[..100];

        buffer.Dispose();

        Assert.Equal(-1, kept.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Growth_AfterWriting_LeavesNothingInThePool()
    {
        using var buffer = new PooledBufferWriter(4_000_000);
        Span<byte> kept = buffer.GetSpan();
        kept.Fill(1);
        buffer.Advance(kept.Length);

        buffer.GetSpan(1);

        Assert.Equal(-1, kept.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Use_AfterDispose_Throws()
    {
        var buffer = new PooledBufferWriter();
        buffer.Dispose();
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.GetSpan());
        Assert.Throws<ObjectDisposedException>(() => buffer.Advance(0));
        Assert.Throws<ObjectDisposedException>(() => buffer.ToArray());
        Assert.Throws<ObjectDisposedException>(buffer.Clear);
    }

    [Fact]
    public void Misuse_OfCounts_Throws()
    {
        using var buffer = new PooledBufferWriter(16);
        int rest = buffer.GetSpan().Length;

        Assert.Throws<ArgumentOutOfRangeException>("sizeHint", () => buffer.GetSpan(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => buffer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => buffer.Advance(rest + 1));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new PooledBufferWriter(0));
    }

    [Fact]
    public void NextCapacity_NearTheLargestArray_StopsThere()
    {
        Assert.Equal(2048, PooledBufferWriter.NextCapacity(1024, 1025));
        Assert.Equal(5000, PooledBufferWriter.NextCapacity(1024, 5000));
        Assert.Equal(Array.MaxLength, PooledBufferWriter.NextCapacity(1_500_000_000, 1_500_000_001));
        Assert.Throws<InvalidOperationException>(() => PooledBufferWriter.NextCapacity(1_500_000_000, Array.MaxLength + 1L));
    }
}
