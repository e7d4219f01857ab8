using System;
using System.Buffers;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Text that grows by percent-escaped parts (RFC 3986, UTF-8, upper-case hex, everything but letters, digits and <c>-._~</c> escaped),
/// in one pooled buffer. Used for URLs and for form bodies, so that both spell a value alike.
/// </summary>
/// <remarks>
/// A mutable struct: keep it in one field or local, never copy it. What it held is cleared when it is released.
/// </remarks>
internal struct EscapedText(int capacity)
{
    // An ASCII character becomes at most three; a part with longer characters asks again.
    private const int UsualGrowth = 3;

    private char[] _buffer = ArrayPool<char>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Written => _buffer.AsSpan(0, Length);

    private readonly Span<char> Free => _buffer.AsSpan(Length);

    /// <summary>Appends text that needs no escaping.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(Free);
        Length += text.Length;
    }

    /// <summary>Appends a character that needs no escaping.</summary>
    public void Append(char character)
    {
        Reserve(1);
        _buffer[Length++] = character;
    }

    /// <summary>Appends text that was tested with <see cref="UrlText.RefuseLoneSurrogate"/>, escaped.</summary>
    public void AppendEscaped(ReadOnlySpan<char> text)
    {
        int written;
        while (!Uri.TryEscapeDataString(text, Free, out written))
        {
            Reserve(Math.Max(UsualGrowth * text.Length, Free.Length + 1));
        }

        Length += written;
    }

    /// <summary>Appends <c>name=value</c>, both escaped and both tested with <see cref="UrlText.RefuseLoneSurrogate"/>.</summary>
    public void AppendPair(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        AppendEscaped(name);
        Append('=');
        AppendEscaped(value);
    }

    /// <summary>Takes back everything after the first <paramref name="length"/> characters.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Moves the characters from <paramref name="tail"/> on before those from <paramref name="start"/> on.</summary>
    public readonly void MoveTail(int tail, int start)
    {
        Span<char> range = _buffer.AsSpan(start, Length - start);
        range.Reverse();
        range[..(Length - tail)].Reverse();
        range[(Length - tail)..].Reverse();
    }

    /// <summary>Clears the text and gives the buffer back. The struct must not be used afterwards.</summary>
    public void Release()
    {
        Length = 0;
        Return(_buffer);
        _buffer = [];
    }

    // All of it: an escape that ran out of room leaves its beginning behind the text.
    private static void Return(char[] buffer) => ArrayPool<char>.Shared.Return(buffer, clearArray: true);

    private void Reserve(int count)
    {
        if (count <= Free.Length)
        {
            return;
        }

        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(checked(Length + count), 2 * _buffer.Length));
        Written.CopyTo(larger);
        Return(_buffer);
        _buffer = larger;
    }
}
