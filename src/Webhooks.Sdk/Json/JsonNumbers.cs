using System;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes numbers as text, the same that System.Text.Json writes, where there is a way that is faster than the runtime's own.
/// </summary>
internal static class JsonNumbers
{
    /// <summary>
    /// Writes a number and gives the place behind it, at most 20 bytes further.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref byte Write(long value, ref byte to)
    {
        if (value >= 0)
        {
            return ref JsonDigits.Write((ulong)value, ref to);
        }

        to = (byte)'-';
        return ref JsonDigits.Write((ulong)-value, ref Unsafe.Add(ref to, 1));
    }

    /// <summary>
    /// Writes a number that is a decimal fraction of at most 15 digits, as nearly all are that people make, and gives the place behind it, at
    /// most 19 bytes further. For any other gives null, and so for the very large and small that are written with an exponent.
    /// </summary>
    /// <remarks>
    /// The number is scaled until 15 digits stand before the point, and rounded there. What that gives is taken only if dividing it again gives
    /// the same number. Both operands of the division are exact (below 2⁵³ and 10²²), so the number is then the nearest one to that
    /// decimal fraction. No two fractions of up to 15 digits have the same nearest number; so this one, without zeros at
    /// its end, is the shortest that reads back as the number, which is what the runtime writes.
    /// </remarks>
    public static ref byte TryWrite(double value, ref byte to)
    {
        const int Digits = 15;
        double magnitude = Math.Abs(value);

        // 0 may be negative.
        if (!(magnitude is >= 1e-3 and < 1e15))
        {
            return ref Unsafe.NullRef<byte>();
        }

        ulong whole = (ulong)magnitude;
        int decimals = 0;
        ulong fraction = 0;

        if (whole != magnitude)
        {
            decimals = Digits - JsonDigits.Count(whole);
            ulong scale = JsonDigits.PowersOfTen[decimals];
            ulong scaled = (ulong)((magnitude * scale) + 0.5);

            if ((double)scaled / scale != magnitude)
            {
                return ref Unsafe.NullRef<byte>();
            }

            fraction = scaled - (whole * scale);
            TrimZeros(ref fraction, ref decimals, 8);
            TrimZeros(ref fraction, ref decimals, 4);
            TrimZeros(ref fraction, ref decimals, 2);
            TrimZeros(ref fraction, ref decimals, 1);
        }

        return ref Write(value < 0, whole, fraction, decimals, ref to);
    }

    /// <summary>
    /// Writes a number whose digits fit 64 bits, with the zeros at its end that it carries, and gives the place behind it, at most 22 bytes
    /// further. For any other gives null.
    /// </summary>
    public static ref byte TryWrite(decimal value, ref byte to)
    {
        const int HighestScale = 19;

        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        ulong digits = (uint)parts[0] | ((ulong)(uint)parts[1] << 32);
        int scale = (byte)(parts[3] >> 16);

        // 0 may be negative.
        if (parts[2] != 0 || scale > HighestScale || digits == 0)
        {
            return ref Unsafe.NullRef<byte>();
        }

        (ulong whole, ulong fraction) = scale == 0 ? (digits, 0) : Math.DivRem(digits, JsonDigits.PowersOfTen[scale]);
        return ref Write(parts[3] < 0, whole, fraction, scale, ref to);
    }

    private static ref byte Write(bool isNegative, ulong whole, ulong fraction, int decimals, ref byte to)
    {
        if (isNegative)
        {
            to = (byte)'-';
            to = ref Unsafe.Add(ref to, 1);
        }

        to = ref JsonDigits.Write(whole, ref to);

        if (decimals > 0)
        {
            to = (byte)'.';
            to = ref JsonDigits.Write(fraction, decimals, ref Unsafe.Add(ref to, 1));
        }

        return ref to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TrimZeros(ref ulong fraction, ref int decimals, int count)
    {
        if (decimals > count)
        {
            (ulong trimmed, ulong rest) = Math.DivRem(fraction, JsonDigits.PowersOfTen[count]);

            if (rest == 0)
            {
                fraction = trimmed;
                decimals -= count;
            }
        }
    }
}
