using System;
using System.Buffers;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Makes escaped UTF-8 of text that is long or not plain, in one pass: in large steps as far as they go, then in small ones.
/// </summary>
internal static partial class JsonTranscoder
{
    private const int LargeStep = 32;
    private const int Block = 16;
    private const int HalfBlock = 8;

    private static readonly SearchValues<char> EscapedChars =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(value => (char)value), '"', '\\']);

    // What a large step takes when all of it is escaped; nothing takes more.
    private const int MaxLargeStepLength = LargeStep * JsonText.MaxEscapeLength;

    /// <summary>
    /// Goes on until all is read or less than <see cref="JsonText.MaxCharacterLength"/> bytes of room are left.
    /// </summary>
    public static (int Read, int Written) Transcode<TEscaping>(ReadOnlySpan<char> text, Span<byte> destination)
        where TEscaping : struct, IJsonEscaping
    {
        if (text.Length <= LargeStep + 1)
        {
            return TranscodeNarrow<TEscaping>(text, destination);
        }

        int read = 0;
        int written = 0;

        while (true)
        {
            (int stepRead, int stepWritten) = typeof(TEscaping) == typeof(MinimalEscaping) && IsWide
                ? TranscodeWide(text[read..], destination[written..])
                : TranscodeBlocks<TEscaping>(text[read..], destination[written..]);
            read += stepRead;
            written += stepWritten;

            // What stopped it is in the next 32, unless they are the last.
            ReadOnlySpan<char> next = text[read..];
            bool isLast = next.Length <= LargeStep + 1;
            (stepRead, stepWritten) = TranscodeNarrow<TEscaping>(isLast ? next : next[..WholeCharacters(next, LargeStep)], destination[written..]);
            read += stepRead;
            written += stepWritten;

            if (isLast || destination.Length - written < MaxLargeStepLength)
            {
                return (read, written);
            }
        }
    }

    /// <summary>
    /// Writes all of a text, to the last byte of the destination where it needs it. False when it does not fit; then the destination holds garbage.
    /// </summary>
    public static bool TryWrite<TEscaping>(ReadOnlySpan<char> text, Span<byte> destination, out int written)
        where TEscaping : struct, IJsonEscaping
    {
        (int read, written) = Transcode<TEscaping>(text, destination);
        return read == text.Length || TryWriteEnd<TEscaping>(text[read..], destination, ref written);
    }

    /// <summary>
    /// Gives an upper bound of the bytes that <paramref name="text"/> takes where only what must be is escaped, close to what it really takes.
    /// </summary>
    public static long MaxLength(ReadOnlySpan<char> text)
    {
        long length = Encoding.UTF8.GetByteCount(text);
        int escaped;

        while ((escaped = text.IndexOfAny(EscapedChars)) >= 0)
        {
            length += JsonText.MaxEscapeLength - 1;
            text = text[(escaped + 1)..];
        }

        return length;
    }

    // Where less room is left than the longest character takes.
    private static bool TryWriteEnd<TEscaping>(ReadOnlySpan<char> text, Span<byte> destination, ref int written)
        where TEscaping : struct, IJsonEscaping
    {
        Span<byte> character = stackalloc byte[JsonText.MaxCharacterLength];

        while (!text.IsEmpty)
        {
            uint codePoint = JsonText.Read(text, out int read);
            int length = JsonText.Write<TEscaping>(codePoint, ref MemoryMarshal.GetReference(character));

            if (!character[..length].TryCopyTo(destination[written..]))
            {
                return false;
            }

            written += length;
            text = text[read..];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (int Read, int Written) TranscodeNarrow<TEscaping>(ReadOnlySpan<char> text, Span<byte> destination)
        where TEscaping : struct, IJsonEscaping
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int read = 0;
        int written = 0;

        // Whether the sixteen characters before are plain.
        bool followsPlain = false;

        while (read < text.Length && written <= destination.Length - JsonText.MaxCharacterLength)
        {
            int left = text.Length - read;
            int room = destination.Length - written;

            if (Vector128.IsHardwareAccelerated && left >= HalfBlock && room >= Block + JsonText.MaxCharacterLength)
            {
                // All of the block is written, and the first character that is not plain is written over.
                int taken = left >= Block ? Block : HalfBlock;
                Vector128<byte> block = JsonText.Narrow(ref from, (uint)read, (uint)(read + taken - HalfBlock));
                int plain = Math.Min(int.TrailingZeroCount((int)JsonText.FindSpecial<TEscaping>(block)), taken);
                block.StoreUnsafe(ref to, (uint)written);
                read += plain;
                written += plain;
                followsPlain = plain == Block;

                if (plain == taken)
                {
                    continue;
                }
            }
            else if (followsPlain && left <= Math.Min(HalfBlock, room))
            {
                // The end is taken once more with what is before it.
                Vector128<byte> block = JsonText.Narrow(ref from, (uint)(text.Length - Block), (uint)(text.Length - HalfBlock));

                if (JsonText.FindSpecial<TEscaping>(block) == 0)
                {
                    block.StoreUnsafe(ref to, (uint)(written + left - Block));
                    return (text.Length, written + left);
                }

                followsPlain = false;
            }
            else
            {
                followsPlain = false;
            }

            // What is beyond ASCII seldom comes alone.
            do
            {
                uint codePoint = JsonText.Read(text[read..], out int length);
                read += length;
                written += JsonText.Write<TEscaping>(codePoint, ref Unsafe.Add(ref to, written));
            }
            while (read < text.Length && text[read] > 0x7F && written <= destination.Length - JsonText.MaxCharacterLength);
        }

        return (read, written);
    }

    // As many, and one more where they end between the halves of a surrogate pair.
    private static int WholeCharacters(ReadOnlySpan<char> text, int count) =>
        char.IsSurrogatePair(text[count - 1], text[count]) ? count + 1 : count;
}
