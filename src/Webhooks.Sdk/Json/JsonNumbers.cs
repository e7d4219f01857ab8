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
        const int FewDecimals = 4;
        const ulong MostWithFewDecimals = 100_000_000_000;
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
            // Few decimals are tried first: most numbers have no more, and then there are few zeros to take away.
            decimals = FewDecimals;

            if (whole >= MostWithFewDecimals || !TryScale(magnitude, whole, decimals, out fraction))
            {
                decimals = Digits - JsonDigits.Count(whole);

                if (!TryScale(magnitude, whole, decimals, out fraction))
                {
                    return ref Unsafe.NullRef<byte>();
                }

                TrimZeros(ref fraction, ref decimals, 8, 100_000_000);
                TrimZeros(ref fraction, ref decimals, 4, 10_000);
            }

            TrimZeros(ref fraction, ref decimals, 2, 100);
            TrimZeros(ref fraction, ref decimals, 1, 10);
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

        // Money has two decimals nearly everywhere, and to divide by a constant is to multiply.
        (ulong whole, ulong fraction) = scale switch
        {
            0 => (digits, 0UL),
            2 => Math.DivRem(digits, 100UL),
            _ => Math.DivRem(digits, JsonDigits.PowersOfTen[scale]),
        };
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
    private static bool TryScale(double magnitude, ulong whole, int decimals, out ulong fraction)
    {
        // Below 10¹⁵ and 10¹⁴, so that conversions of signed numbers serve; they are one instruction, those of unsigned ones are more.
        long scale = (long)JsonDigits.PowersOfTen[decimals];
        long scaled = (long)((magnitude * scale) + 0.5);
        fraction = (ulong)(scaled - ((long)whole * scale));
        return (double)scaled / scale == magnitude;
    }

    // The divisor is a constant to the caller, which makes a multiplication of the division.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TrimZeros(ref ulong fraction, ref int decimals, int count, ulong divisor)
    {
        if (decimals > count)
        {
            (ulong trimmed, ulong rest) = Math.DivRem(fraction, divisor);

            if (rest == 0)
            {
                fraction = trimmed;
                decimals -= count;
            }
        }
    }
}
