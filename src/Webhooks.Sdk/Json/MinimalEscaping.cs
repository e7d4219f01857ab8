using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Webhooks.Sdk.Json;

/// <summary>
/// What RFC 8259 section 7 requires and no more: quotation mark, reverse solidus and U+0000 to U+001F. The short form is used where there is one.
/// </summary>
internal readonly struct MinimalEscaping : IJsonEscaping
{
    public static ReadOnlySpan<byte> Letters =>
        ("uuuuuuuubtnufruuuuuuuuuuuuuuuuuu"u8
        + "\0\0\"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\\\0\0\0"u8
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> FindSpecial(Vector128<byte> text)
    {
        // As signed numbers, what is beyond ASCII is negative and so below the first printable character too.
        return Vector128.LessThan(text.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
            | Vector128.Equals(text, Vector128.Create((byte)'"'))
            | Vector128.Equals(text, Vector128.Create((byte)'\\'));
    }

    /// <inheritdoc cref="FindSpecial(Vector128{byte})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> FindSpecial(Vector256<byte> text)
    {
        return Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()
            | Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(uint codePoint, ref byte to) => JsonText.EncodeUtf8(codePoint, ref to);
}
