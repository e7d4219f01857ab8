using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Collects bytes in one array rented from <see cref="ArrayPool{T}.Shared"/>.
/// </summary>
/// <remarks>
/// What goes back to the pool is cleared first: bodies are private. Every written span and memory is valid until the next call of
/// <see cref="GetSpan"/>, <see cref="GetMemory"/> or <see cref="Dispose"/>. Not safe for use by several threads.
/// </remarks>
internal sealed class PooledBufferWriter : IBufferWriter<byte>, IDisposable
{
    private const int DefaultCapacity = 1024;

    private byte[]? _array;
    private int _length;

    /// <summary>
    /// Initializes a buffer with room for <paramref name="capacity"/> bytes, which it outgrows by doubling.
    /// </summary>
    /// <param name="capacity">At least 1; 1,024 unless given.</param>
    public PooledBufferWriter(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);

        _array = ArrayPool<byte>.Shared.Rent(capacity);
    }

    /// <summary>
    /// Gets how many bytes were written.
    /// </summary>
    public int Length => _length;

    /// <summary>
    /// Gets the written bytes.
    /// </summary>
    public ReadOnlySpan<byte> WrittenSpan => GetArray().AsSpan(0, _length);

    /// <summary>
    /// Gets the written bytes.
    /// </summary>
    public ReadOnlyMemory<byte> WrittenMemory => GetArray().AsMemory(0, _length);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        byte[] array = GetArray();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, array.Length - _length);

        _length += count;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(sizeHint).AsSpan(_length);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Reserve(sizeHint).AsMemory(_length);

    /// <summary>
    /// Copies the written bytes.
    /// </summary>
    public byte[] ToArray() => WrittenSpan.ToArray();

    /// <summary>
    /// Forgets the written bytes and keeps the array for the next ones.
    /// </summary>
    public void Clear()
    {
        _ = GetArray();
        _length = 0;
    }

    /// <summary>
    /// Gives the array back to the pool. The buffer cannot be used afterwards.
    /// </summary>
    public void Dispose()
    {
        if (_array is { } array)
        {
            _array = null;
            _length = 0;
            Return(array);
        }
    }

    /// <summary>
    /// Tells the next capacity of a buffer of <paramref name="capacity"/> bytes that must hold <paramref name="needed"/>.
    /// </summary>
    internal static int NextCapacity(int capacity, long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The buffer would need {needed} bytes, and an array holds at most {Array.MaxLength}."));
        }

        return (int)Math.Clamp(capacity * 2L, needed, Array.MaxLength);
    }

    // All of the array: a writer may have used the room past what it advanced over.
    private static void Return(byte[] array) => ArrayPool<byte>.Shared.Return(array, clearArray: true);

    private byte[] GetArray()
    {
        ObjectDisposedException.ThrowIf(_array is null, this);

        return _array;
    }

    private byte[] Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        byte[] array = GetArray();

        long needed = (long)_length + Math.Max(sizeHint, 1);

        if (needed <= array.Length)
        {
            return array;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(NextCapacity(array.Length, needed));
        array.AsSpan(0, _length).CopyTo(larger);
        _array = larger;
        Return(array);
        return larger;
    }
}
