using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Webhooks.Sdk.Json;

/// <summary>
/// What System.Text.Json escapes by default: what RFC 8259 requires, what HTML gives a meaning, U+007F and everything beyond ASCII.
/// </summary>
internal readonly struct SystemTextJsonEscaping : IJsonEscaping
{
    public static ReadOnlySpan<byte> Letters =>
        ("uuuuuuuubtnufruuuuuuuuuuuuuuuuuu"u8
        + "\0\0u\0\0\0uu\0\0\0u\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0u\0u\0"u8
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\\\0\0\0"u8
        + "u\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0u"u8);

    /// <remarks>
    /// The low half of a byte gives the set of high halves with which it is special, one bit for each, and the high half gives its bit. All
    /// are special with 0 and 1, the controls; beyond ASCII every bit is given.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> FindSpecial(Vector128<byte> text)
    {
        const byte Controls = 0b11;
        const byte At2 = Controls | (1 << 2);

        Vector128<byte> byLowHalf = Vector128.Create(
            Controls | (1 << 6), Controls, At2, Controls, Controls, Controls, At2, At2,
            Controls, Controls, Controls, At2, Controls | (1 << 3) | (1 << 5), Controls, Controls | (1 << 3), Controls | (1 << 7));
        Vector128<byte> byHighHalf = Vector128.Create(
            1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7,
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)0xFF);

        return Vector128.ShuffleNative(byLowHalf, text & Vector128.Create((byte)0xF)) & Vector128.ShuffleNative(byHighHalf, text >>> 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(uint codePoint, ref byte to)
    {
        if (codePoint <= char.MaxValue)
        {
            JsonText.WriteHex(codePoint, ref to);
            return JsonText.MaxEscapeLength;
        }

        JsonText.WriteHex(JsonText.HighSurrogate(codePoint), ref to);
        JsonText.WriteHex(JsonText.LowSurrogate(codePoint), ref Unsafe.Add(ref to, JsonText.MaxEscapeLength));
        return JsonText.MaxCharacterLength;
    }
}
