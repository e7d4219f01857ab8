using System;
using System.Buffers;
using System.Collections.Generic;

namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// An output that gives exactly as many bytes as it is asked for, fresh ones each time, and takes note of the largest request.
/// </summary>
internal sealed class StingyBufferWriter : IBufferWriter<byte>
{
    private readonly List<byte> _written = [];
    private byte[] _given = [];

    public int LargestRequest { get; private set; }

    public byte[] ToArray() => [.. _written];

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _given.Length);
        _written.AddRange(_given.AsSpan(0, count));
        _given = [];
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        LargestRequest = Math.Max(LargestRequest, sizeHint);
        _given = new byte[Math.Max(sizeHint, 1)];
        return _given;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
