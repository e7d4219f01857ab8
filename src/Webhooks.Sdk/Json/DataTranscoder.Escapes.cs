using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Webhooks.Sdk.Json;

/// <content>What is not plain: escapes, other planes, and the last characters of a text.</content>
internal static partial class DataTranscoder
{
    /// <summary>
    /// Writes one character that is not plain, of at most six bytes, and says how many UTF-16 units it is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint WriteSpecial(uint character, ref ushort from, nuint read, nuint length, ref byte to, ref nuint at)
    {
        ref byte target = ref Unsafe.Add(ref to, at);

        if (character < 0x80)
        {
            at += (uint)Escape((byte)character, MemoryMarshal.CreateSpan(ref target, MaxEscapeLength));
            return 1;
        }

        if (character < 0x800)
        {
            target = (byte)(0xC0 | (character >> 6));
            Unsafe.Add(ref target, 1) = (byte)(0x80 | (character & 0x3F));
            at += 2;
            return 1;
        }

        if (char.IsSurrogate((char)character))
        {
            if (char.IsHighSurrogate((char)character) && read + 1 < length && char.IsLowSurrogate((char)Unsafe.Add(ref from, read + 1)))
            {
                uint scalar = (uint)char.ConvertToUtf32((char)character, (char)Unsafe.Add(ref from, read + 1));
                target = (byte)(0xF0 | (scalar >> 18));
                Unsafe.Add(ref target, 1) = (byte)(0x80 | ((scalar >> 12) & 0x3F));
                Unsafe.Add(ref target, 2) = (byte)(0x80 | ((scalar >> 6) & 0x3F));
                Unsafe.Add(ref target, 3) = (byte)(0x80 | (scalar & 0x3F));
                at += 4;
                return 2;
            }

            character = (uint)Rune.ReplacementChar.Value;
        }

        target = (byte)(0xE0 | (character >> 12));
        Unsafe.Add(ref target, 1) = (byte)(0x80 | ((character >> 6) & 0x3F));
        Unsafe.Add(ref target, 2) = (byte)(0x80 | (character & 0x3F));
        at += 3;
        return 1;
    }

    /// <summary>
    /// Writes where less room is left than the longest escape takes.
    /// </summary>
    private static bool TryWriteEnd(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        Span<byte> character = stackalloc byte[MaxEscapeLength];
        written = 0;

        while (!text.IsEmpty)
        {
            int length;

            if (text[0] < 0x80 && !IsPlain(text[0]))
            {
                length = Escape((byte)text[0], character);
                text = text[1..];
            }
            else
            {
                _ = Rune.DecodeFromUtf16(text, out Rune rune, out int read);
                length = rune.EncodeToUtf8(character);
                text = text[read..];
            }

            if (!character[..length].TryCopyTo(destination[written..]))
            {
                return false;
            }

            written += length;
        }

        return true;
    }

    private static int Escape(byte value, Span<byte> destination)
    {
        byte letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => 0,
        };

        if (letter != 0)
        {
            destination[1] = letter;
            destination[0] = (byte)'\\';
            return 2;
        }

        "\\u00"u8.CopyTo(destination);
        destination[5] = "0123456789ABCDEF"u8[value & 0xF];
        destination[4] = (byte)('0' + (value >> 4));
        return MaxEscapeLength;
    }
}
