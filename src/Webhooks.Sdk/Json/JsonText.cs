using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Knows which characters of a JSON string must be escaped (RFC 8259 section 7), and copies text that has none.
/// </summary>
/// <remarks>
/// <em>Plain</em> text is ASCII without any of them: it is the same in UTF-16, in UTF-8 and in JSON.
/// </remarks>
internal static class JsonText
{
    /// <summary>
    /// The length of the longest escape, <c>\u001F</c>.
    /// </summary>
    public const int MaxEscapeLength = 6;

    private const byte FirstPrintable = 0x20;

    public static SearchValues<byte> EscapedBytes { get; } = SearchValues.Create(CreateEscaped());

    public static SearchValues<char> EscapedChars { get; } = SearchValues.Create(Array.ConvertAll(CreateEscaped(), value => (char)value));

    /// <summary>
    /// Writes the escape of <paramref name="value"/>, which must need one, and says how long it is. The short form is used where there is one.
    /// </summary>
    public static int Escape(byte value, Span<byte> destination)
    {
        ReadOnlySpan<byte> shortForms = "btn\0fr"u8;

        byte letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            >= (byte)'\b' and <= (byte)'\r' => shortForms[value - '\b'],
            _ => 0,
        };

        destination[0] = (byte)'\\';

        if (letter != 0)
        {
            destination[1] = letter;
            return 2;
        }

        "u00"u8.CopyTo(destination[1..]);
        destination[4] = (byte)('0' + (value >> 4));
        destination[5] = "0123456789ABCDEF"u8[value & 0xF];
        return MaxEscapeLength;
    }

    /// <summary>
    /// Copies <paramref name="source"/> when all of it is plain; else the destination holds garbage.
    /// </summary>
    /// <returns>False when something in it is not plain, or when it does not fit.</returns>
    public static bool TryCopyPlain(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length > destination.Length)
        {
            return false;
        }

        // All reads and writes below are within the first source.Length elements of both. Longer text is taken in blocks, the last
        // of which overlaps the one before.
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        nuint length = (uint)source.Length;

        if (length >= 16)
        {
            nuint last = length - 16;

            for (nuint i = 0; ; i = nuint.Min(i + 16, last))
            {
                Vector128<byte> block = Vector128.LoadUnsafe(ref from, i);

                if (!IsPlain(block))
                {
                    return false;
                }

                block.StoreUnsafe(ref to, i);

                if (i == last)
                {
                    return true;
                }
            }
        }

        if (length >= 8)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref from);
            ulong second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, length - 8));
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), second);
            return IsPlain(Vector128.Create(first, second).AsByte());
        }

        if (length >= 4)
        {
            uint first = Unsafe.ReadUnaligned<uint>(ref from);
            uint second = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, length - 4));
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), second);
            return IsPlain(Vector128.Create(((ulong)first << 32) | second).AsByte());
        }

        for (int i = 0; i < source.Length; i++)
        {
            if (!IsPlain(source[i]))
            {
                return false;
            }

            destination[i] = source[i];
        }

        return true;
    }

    /// <inheritdoc cref="TryCopyPlain(ReadOnlySpan{byte}, Span{byte})"/>
    public static bool TryCopyPlain(ReadOnlySpan<char> source, Span<byte> destination)
    {
        if (source.Length > destination.Length)
        {
            return false;
        }

        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(source));
        ref byte to = ref MemoryMarshal.GetReference(destination);
        nuint length = (uint)source.Length;

        if (length >= 16)
        {
            nuint last = length - 16;

            for (nuint i = 0; ; i = nuint.Min(i + 16, last))
            {
                // What does not fit a byte becomes 0xFF, which is not plain.
                Vector128<byte> block = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref from, i), Vector128.LoadUnsafe(ref from, i + 8));

                if (!IsPlain(block))
                {
                    return false;
                }

                block.StoreUnsafe(ref to, i);

                if (i == last)
                {
                    return true;
                }
            }
        }

        if (length >= 8)
        {
            Vector128<byte> block = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref from, length - 8));
            Unsafe.WriteUnaligned(ref to, block.AsUInt64().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), block.AsUInt64().GetElement(1));
            return IsPlain(block);
        }

        if (length >= 4)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref from));
            ulong second = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref from, length - 4)));
            Vector128<ushort> both = Vector128.Create(first, second).AsUInt16();
            Vector128<byte> block = Vector128.NarrowWithSaturation(both, both);
            Unsafe.WriteUnaligned(ref to, block.AsUInt32().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), block.AsUInt32().GetElement(1));
            return IsPlain(block);
        }

        for (int i = 0; i < source.Length; i++)
        {
            if (!IsPlain(source[i]))
            {
                return false;
            }

            destination[i] = (byte)source[i];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(Vector128<byte> block)
    {
        // As signed numbers, what is beyond ASCII is negative and so below the first printable character too.
        Vector128<byte> special = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)FirstPrintable)).AsByte()
            | Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block, Vector128.Create((byte)'\\'));

        return special == Vector128<byte>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(int value) => value is >= FirstPrintable and < 0x80 and not '"' and not '\\';

    private static byte[] CreateEscaped()
    {
        byte[] escaped = new byte[FirstPrintable + 2];

        for (int i = 0; i < FirstPrintable; i++)
        {
            escaped[i] = (byte)i;
        }

        escaped[^2] = (byte)'"';
        escaped[^1] = (byte)'\\';
        return escaped;
    }
}
