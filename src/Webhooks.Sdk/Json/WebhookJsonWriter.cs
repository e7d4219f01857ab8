using System;
using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

/// <summary>
/// Writes one JSON value as UTF-8 into an <see cref="IBufferWriter{T}"/> and allocates nothing.
/// </summary>
/// <remarks>
/// <para>
/// The methods have the names of <see cref="System.Text.Json.Utf8JsonWriter"/>'s, and numbers, dates and GUIDs have its text. Strings and names are
/// escaped as RFC 8259 section 7 requires and no further, unless <see cref="WebhookJsonEscaping.SystemTextJson"/> is asked for. A lone
/// surrogate, and each invalid sequence of UTF-8, becomes U+FFFD.
/// </para>
/// <para>
/// Nesting is always checked: a call that would make the text invalid throws <see cref="InvalidOperationException"/> and writes nothing.
/// Objects and arrays may be nested 64 deep, which is what JSON readers of .NET accept unless told otherwise. Repeated names
/// are not looked for.
/// </para>
/// <para>
/// This is a mutable struct: hand it to other methods by <see langword="ref"/>. A copy and its original would write over each other. Call
/// <see cref="Flush"/> last, or the output does not get the end of the text. Not safe for use by several threads.
/// </para>
/// </remarks>
public ref partial struct WebhookJsonWriter
{
    internal const int MaxDepth = 64;

    // The most that is asked of the output at once: a pipe pools segments of this size, and larger ones it may have to allocate.
    private const int MaxRequest = 4096;

    private readonly IBufferWriter<byte> _output;
    private readonly WebhookJsonEscaping _escaping;
    private Span<byte> _buffer;
    private int _written;
    private long _committed;

    // One bit a level, the innermost lowest: set for an object, clear for an array.
    private ulong _objects;
    private int _depth;
    private JsonPlace _place;

    /// <summary>
    /// Initializes a writer of one JSON value that escapes what must be escaped and no more (<see cref="WebhookJsonEscaping.Minimal"/>).
    /// </summary>
    /// <param name="output">Where the text goes. It may be of any kind: it is asked for at most 4,096 bytes at a time.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public WebhookJsonWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);

        _output = output;
    }

    /// <summary>
    /// Initializes a writer of one JSON value that escapes strings and names as told.
    /// </summary>
    /// <param name="output">Where the text goes. It may be of any kind: it is asked for at most 4,096 bytes at a time.</param>
    /// <param name="escaping">What is escaped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="escaping"/> is no value of <see cref="WebhookJsonEscaping"/>.</exception>
    public WebhookJsonWriter(IBufferWriter<byte> output, WebhookJsonEscaping escaping)
        : this(output)
    {
        if (escaping is not (WebhookJsonEscaping.Minimal or WebhookJsonEscaping.SystemTextJson))
        {
            ThrowUnknownEscaping(escaping);
        }

        _escaping = escaping;
    }

    /// <summary>
    /// Gets how many bytes were written so far, whether the output has them already or gets them with the next <see cref="Flush"/>.
    /// </summary>
    public readonly long BytesWritten => _committed + _written;

    /// <summary>
    /// Gets how many objects and arrays are open, from 0 to 64.
    /// </summary>
    public readonly int CurrentDepth => _depth;

    /// <summary>
    /// Hands what is written to the output.
    /// </summary>
    /// <remarks>
    /// The text may be incomplete: an open object can be flushed and gone on with. To know that it is complete, see that
    /// <see cref="CurrentDepth"/> is 0.
    /// </remarks>
    public void Flush()
    {
        if (_written > 0)
        {
            _output.Advance(_written);
            _committed += _written;
            _written = 0;
        }

        // After Advance, the memory that was handed out belongs to the output.
        _buffer = default;
    }

    /// <summary>
    /// Makes room for <paramref name="length"/> bytes, at most <see cref="MaxRequest"/>, and gives the place where they go. The caller puts
    /// them there and calls <see cref="End"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Begin(int length)
    {
        if (_buffer.Length - _written < length)
        {
            Grow(length);
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), (uint)_written);
    }

    /// <summary>
    /// Counts what was written from where <see cref="Begin"/> said up to <paramref name="end"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void End(scoped ref readonly byte end) => _written = (int)Unsafe.ByteOffset(in MemoryMarshal.GetReference(_buffer), in end);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(long length)
    {
        int request = (int)Math.Min(length, MaxRequest);

        if (_buffer.Length - _written >= request)
        {
            return;
        }

        if (_output is null)
        {
            throw new InvalidOperationException("The writer has no output; create it with new WebhookJsonWriter(output).");
        }

        Flush();
        _buffer = _output.GetSpan(request);

        if (_buffer.Length < request)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The output gave {_buffer.Length} bytes, but {request} were asked for; an IBufferWriter gives at least as many as asked."));
        }
    }
}
