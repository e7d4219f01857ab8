using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes decimal digits, two at a time. Callers see to the room.
/// </summary>
internal static class JsonDigits
{
    /// <summary>
    /// The powers of ten that fit 64 bits, from 10⁰ to 10¹⁹.
    /// </summary>
    /// <remarks>
    /// An array, because a constant span of numbers boxes until the runtime has recompiled its users.
    /// </remarks>
    public static readonly ulong[] PowersOfTen =
    [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
        10_000_000_000_000,
        100_000_000_000_000,
        1_000_000_000_000_000,
        10_000_000_000_000_000,
        100_000_000_000_000_000,
        1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    private static ReadOnlySpan<byte> Pairs =>
        ("0001020304050607080910111213141516171819"u8
        + "2021222324252627282930313233343536373839"u8
        + "4041424344454647484950515253545556575859"u8
        + "6061626364656667686970717273747576777879"u8
        + "8081828384858687888990919293949596979899"u8);

    /// <summary>
    /// Writes a number from 0 to 99 as two digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteTwo(uint value, ref byte to) =>
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<ushort>(in Unsafe.Add(ref MemoryMarshal.GetReference(Pairs), 2 * value)));

    /// <summary>
    /// Writes a number without leading zeros and gives the place behind it.
    /// </summary>
    public static ref byte Write(ulong value, ref byte to)
    {
        if (value < 10)
        {
            to = (byte)('0' + value);
            return ref Unsafe.Add(ref to, 1);
        }

        return ref Write(value, Count(value), ref to);
    }

    /// <summary>
    /// Writes the last <paramref name="count"/> digits of a number, zeros before it included, and gives the place behind them.
    /// </summary>
    public static ref byte Write(ulong value, int count, ref byte to)
    {
        ref byte end = ref Unsafe.Add(ref to, count);

        for (; count >= 2; count -= 2)
        {
            (value, ulong pair) = Math.DivRem(value, 100);
            WriteTwo((uint)pair, ref Unsafe.Add(ref to, count - 2));
        }

        if (count == 1)
        {
            to = (byte)('0' + (value % 10));
        }

        return ref end;
    }

    /// <summary>
    /// Counts the digits of a number; 0 has one.
    /// </summary>
    public static int Count(ulong value)
    {
        // log 2 is 1233/4096, near enough to be at most one digit too low.
        int count = ((BitOperations.Log2(value | 1) * 1233) >> 12) + 1;
        return count < PowersOfTen.Length && value >= PowersOfTen[count] ? count + 1 : count;
    }
}
