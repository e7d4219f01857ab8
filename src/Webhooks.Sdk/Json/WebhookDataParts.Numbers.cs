using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public static partial class WebhookDataParts
{
    // The lengths of the longest: -2147483648, -9223372036854775808 (18446744073709551615 has as many), an Int128 of 39 digits with its sign,
    // -2.2250738585072014E-308, -1.17549435E-38, -0.00010014 or the like, and -7.9228162514264337593543950335.
    private const int MaxInt32Length = 11;
    private const int MaxInt64Length = 20;
    private const int MaxInt128Length = 40;
    private const int MaxDoubleLength = 24;
    private const int MaxSingleLength = 16;
    private const int MaxHalfLength = 16;
    private const int MaxDecimalLength = 31;

    /// <summary>
    /// Writes a truth value.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="value">The truth value.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteBoolean(Span<byte> destination, int position, bool value) =>
        value ? WriteLiteral(destination, position, "true"u8) : WriteLiteral(destination, position, "false"u8);

    /// <summary>
    /// Writes a number.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="value">The number.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteNumber(Span<byte> destination, int position, int value)
    {
        if ((uint)value < 10)
        {
            Room(destination, position, 1)[0] = (byte)('0' + value);
            return position + 1;
        }

        return WriteNumber(destination, position, value, MaxInt32Length);
    }

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, int)"/>
    public static int WriteNumber(Span<byte> destination, int position, uint value) =>
        WriteNumber(destination, position, value, MaxInt32Length);

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, int)"/>
    public static int WriteNumber(Span<byte> destination, int position, long value) =>
        WriteNumber(destination, position, value, MaxInt64Length);

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, ulong value)
    {
        ref byte first = ref MemoryMarshal.GetReference(Room(destination, position, MaxInt64Length));
        return position + (int)Unsafe.ByteOffset(in first, in JsonDigits.Write(value, ref first));
    }

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, Int128 value) =>
        position + Format(Room(destination, position, MaxInt128Length), value);

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, UInt128 value) =>
        position + Format(Room(destination, position, MaxInt128Length), value);

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, decimal value)
    {
        Span<byte> room = Room(destination, position, MaxDecimalLength);
        ref byte first = ref MemoryMarshal.GetReference(room);
        ref byte end = ref JsonNumbers.TryWrite(value, ref first);

        return position + (Unsafe.IsNullRef(in end) ? Format(room, value) : (int)Unsafe.ByteOffset(in first, in end));
    }

    /// <summary>
    /// Writes a number.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="value">The number, finite.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It is NaN or infinite, or does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, double value)
    {
        Span<byte> room = Room(destination, position, MaxDoubleLength);
        ref byte first = ref MemoryMarshal.GetReference(room);
        ref byte end = ref JsonNumbers.TryWrite(value, ref first);

        return position + (Unsafe.IsNullRef(in end) ? FormatFinite(room, value) : (int)Unsafe.ByteOffset(in first, in end));
    }

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, double)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, float value) =>
        position + FormatFinite(Room(destination, position, MaxSingleLength), value);

    /// <inheritdoc cref="WriteNumber(Span{byte}, int, double)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteNumber(Span<byte> destination, int position, Half value) =>
        position + FormatFinite(Room(destination, position, MaxHalfLength), value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteNumber(Span<byte> destination, int position, long value, int maxLength)
    {
        ref byte first = ref MemoryMarshal.GetReference(Room(destination, position, maxLength));
        return position + (int)Unsafe.ByteOffset(in first, in JsonNumbers.Write(value, ref first));
    }

    private static int FormatFinite<T>(Span<byte> room, T value)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
        {
            ThrowNotFinite();
        }

        return Format(room, value);
    }

    private static int Format<T>(Span<byte> room, T value)
        where T : struct, IUtf8SpanFormattable
    {
        bool fits = value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "A value is longer than was reserved for it.");
        return written;
    }

    [DoesNotReturn]
    private static void ThrowNotFinite()
    {
        throw new InvalidOperationException(
            "JSON has no text for NaN and infinity (RFC 8259 section 6); make the member nullable and set it to null, or declare it as a string.");
    }
}
