using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk.Json;

internal static partial class JsonText
{
    private const uint Replacement = 0xFFFD;

    /// <summary>
    /// Writes one character, escaped where it must be, and says how many bytes that took: at most <see cref="MaxCharacterLength"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write<TEscaping>(uint codePoint, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        if (codePoint >= (uint)TEscaping.Letters.Length)
        {
            return TEscaping.Write(codePoint, ref to);
        }

        byte letter = TEscaping.Letters[(int)codePoint];

        if (letter == 0)
        {
            to = (byte)codePoint;
            return 1;
        }

        if (letter == 'u')
        {
            WriteHex(codePoint, ref to);
            return MaxEscapeLength;
        }

        to = (byte)'\\';
        Unsafe.Add(ref to, 1) = letter;
        return 2;
    }

    /// <summary>
    /// Reads the character at the beginning of UTF-16 text. A lone surrogate is read as U+FFFD.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read(ReadOnlySpan<char> text, out int length)
    {
        uint value = text[0];
        length = 1;

        if (!char.IsSurrogate((char)value))
        {
            return value;
        }

        if (text.Length > 1 && char.IsSurrogatePair((char)value, text[1]))
        {
            length = 2;
            return (uint)char.ConvertToUtf32((char)value, text[1]);
        }

        return Replacement;
    }

    /// <summary>
    /// Writes a character beyond ASCII as UTF-8, at most four bytes, and says how many.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EncodeUtf8(uint codePoint, ref byte to)
    {
        if (codePoint < 0x800)
        {
            to = (byte)(0xC0 | (codePoint >> 6));
            Unsafe.Add(ref to, 1) = Continuation(codePoint);
            return 2;
        }

        if (codePoint <= char.MaxValue)
        {
            to = (byte)(0xE0 | (codePoint >> 12));
            Unsafe.Add(ref to, 1) = Continuation(codePoint >> 6);
            Unsafe.Add(ref to, 2) = Continuation(codePoint);
            return 3;
        }

        to = (byte)(0xF0 | (codePoint >> 18));
        Unsafe.Add(ref to, 1) = Continuation(codePoint >> 12);
        Unsafe.Add(ref to, 2) = Continuation(codePoint >> 6);
        Unsafe.Add(ref to, 3) = Continuation(codePoint);
        return 4;
    }

    /// <summary>
    /// Writes <c>\u</c> and four digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteHex(uint value, ref byte to)
    {
        // One digit a byte, the first lowest; seven characters lie between 9 and A.
        uint digits = (value >> 12) | (value & 0xF00) | ((value & 0xF0) << 12) | ((value & 0xF) << 24);
        uint letters = ((digits + 0x06060606) >> 4) & 0x01010101;
        uint text = digits + 0x30303030 + (letters * ('A' - '9' - 1));

        to = (byte)'\\';
        Unsafe.Add(ref to, 1) = (byte)'u';
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 2), BitConverter.IsLittleEndian ? text : BinaryPrimitives.ReverseEndianness(text));
    }

    public static uint HighSurrogate(uint codePoint) => 0xD800 + ((codePoint - 0x10000) >> 10);

    public static uint LowSurrogate(uint codePoint) => 0xDC00 + (codePoint & 0x3FF);

    private static byte Continuation(uint bits) => (byte)(0x80 | (bits & 0x3F));
}
