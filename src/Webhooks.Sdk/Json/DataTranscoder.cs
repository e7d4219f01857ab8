using System;
using System.Buffers;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes UTF-16 text as the inside of a JSON string in UTF-8, in one pass and into a destination that was measured beforehand.
/// </summary>
/// <remarks>
/// Escaped is what RFC 8259 section 7 requires and no more; a lone surrogate becomes U+FFFD. <em>Plain</em> is ASCII
/// that needs no escape: it is the same in UTF-16, in UTF-8 and in JSON.
/// </remarks>
internal static partial class DataTranscoder
{
    /// <summary>
    /// The length of the longest escape, <c>\u001F</c>.
    /// </summary>
    public const int MaxEscapeLength = 6;

    private const byte FirstPrintable = 0x20;

    /// <summary>
    /// The most characters that <see cref="TryCopyShort"/> takes: two of the widest blocks.
    /// </summary>
    public const int ShortText = 32;

    private static readonly SearchValues<char> EscapedChars =
        SearchValues.Create([.. Enumerable.Range(0, FirstPrintable).Select(value => (char)value), '"', '\\']);

    /// <summary>
    /// Gives an upper bound of the bytes that <paramref name="text"/> takes, close to what it really takes.
    /// </summary>
    public static long MaxLength(ReadOnlySpan<char> text)
    {
        long length = Encoding.UTF8.GetByteCount(text);
        int escaped;

        while ((escaped = text.IndexOfAny(EscapedChars)) >= 0)
        {
            length += MaxEscapeLength - 1;
            text = text[(escaped + 1)..];
        }

        return length;
    }

    /// <summary>
    /// Copies <paramref name="source"/> when it has 4 to 32 characters, all of them plain; else the destination holds garbage.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="to">The first of at least as many bytes as the text has characters; no other byte is touched.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCopyShort(string source, ref byte to)
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(source.AsSpan()));
        nuint length = (uint)source.Length;

        // In each case two blocks that overlap, narrowed together: what does not fit a byte becomes 0xFF, which is not plain.
        if (length >= 16)
        {
            if (length > ShortText)
            {
                return false;
            }

            Vector256<byte> block = Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, length - 16));
            block.GetLower().StoreUnsafe(ref to);
            block.GetUpper().StoreUnsafe(ref to, length - 16);

            if (Special(block) != Vector256<byte>.Zero)
            {
                return false;
            }
        }
        else if (length >= 8)
        {
            Vector128<byte> block = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref from, length - 8));
            Unsafe.WriteUnaligned(ref to, block.AsUInt64().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), block.AsUInt64().GetElement(1));

            if (Special(block) != Vector128<byte>.Zero)
            {
                return false;
            }
        }
        else
        {
            if (length < 4)
            {
                return false;
            }

            ulong first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref from));
            ulong second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref from, length - 4)));
            Vector128<ushort> both = Vector128.Create(first, second).AsUInt16();
            Vector128<byte> block = Vector128.NarrowWithSaturation(both, both);
            Unsafe.WriteUnaligned(ref to, block.AsUInt32().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), block.AsUInt32().GetElement(1));

            if (Special(block) != Vector128<byte>.Zero)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Writes any text. False when it does not fit; then the destination holds garbage.
    /// </summary>
    public static bool TryWrite(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte to = ref MemoryMarshal.GetReference(destination);
        nuint read = 0;
        nuint length = (uint)text.Length;
        nuint at = 0;
        nuint capacity = (uint)destination.Length;

        while (true)
        {
            CopyPlain(ref from, ref read, length, ref to, ref at, capacity);

            // From here on until plain text comes again, character by character.
            while (true)
            {
                if (read == length)
                {
                    written = (int)at;
                    return true;
                }

                if (capacity - at < MaxEscapeLength)
                {
                    bool fits = TryWriteEnd(text[(int)read..], destination[(int)at..], out written);
                    written += (int)at;
                    return fits;
                }

                uint character = Unsafe.Add(ref from, read);

                if (IsPlain(character))
                {
                    if (length - read >= 8 && capacity - at >= 8)
                    {
                        break;
                    }

                    Unsafe.Add(ref to, at++) = (byte)character;
                    read++;
                }
                else
                {
                    read += WriteSpecial(character, ref from, read, length, ref to, ref at);
                }
            }
        }
    }

    /// <summary>
    /// Copies plain text block by block, and stops before what is not plain, or where no block fits any more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyPlain(ref ushort from, ref nuint read, nuint length, ref byte to, ref nuint at, nuint capacity)
    {
        while (length - read >= 32 && capacity - at >= 32)
        {
            Vector256<byte> block = Vector256.NarrowWithSaturation(
                Vector256.LoadUnsafe(ref from, read), Vector256.LoadUnsafe(ref from, read + 16));
            block.StoreUnsafe(ref to, at);
            uint special = Special(block).ExtractMostSignificantBits();

            if (special != 0)
            {
                nuint plain = (uint)BitOperations.TrailingZeroCount(special);
                read += plain;
                at += plain;
                return;
            }

            read += 32;
            at += 32;
        }

        while (length - read >= 8 && capacity - at >= 8)
        {
            Vector128<ushort> half = Vector128.LoadUnsafe(ref from, read);
            Vector128<byte> block = Vector128.NarrowWithSaturation(half, half);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), block.AsUInt64().ToScalar());
            uint special = Special(block).ExtractMostSignificantBits();

            if (special != 0)
            {
                nuint plain = (uint)BitOperations.TrailingZeroCount(special);
                read += plain;
                at += plain;
                return;
            }

            read += 8;
            at += 8;
        }
    }

    // As signed numbers, what is beyond ASCII is negative and so below the first printable character too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Special(Vector128<byte> block) =>
        Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)FirstPrintable)).AsByte()
        | Vector128.Equals(block, Vector128.Create((byte)'"'))
        | Vector128.Equals(block, Vector128.Create((byte)'\\'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Special(Vector256<byte> block) =>
        Vector256.LessThan(block.AsSByte(), Vector256.Create((sbyte)FirstPrintable)).AsByte()
        | Vector256.Equals(block, Vector256.Create((byte)'"'))
        | Vector256.Equals(block, Vector256.Create((byte)'\\'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(uint character) => character - FirstPrintable < 0x80u - FirstPrintable && character is not '"' and not '\\';
}
