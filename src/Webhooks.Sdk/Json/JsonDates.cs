using System;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes dates and times as text, the same that System.Text.Json writes (ISO 8601), whatever the culture. Each method gives the place behind
/// the text, at most <see cref="MaxLength"/> bytes further.
/// </summary>
internal static class JsonDates
{
    /// <summary>
    /// The length of the longest text, <c>2021-05-08T12:00:05.1234567+02:00</c>.
    /// </summary>
    public const int MaxLength = 33;

    private const int DateLength = 10;
    private const int TimeLength = 8;
    private const int OffsetLength = 6;
    private const int FractionDigits = 7;

    /// <summary>
    /// Writes a date: <c>2021-05-08</c>.
    /// </summary>
    public static ref byte Write(DateOnly value, ref byte to)
    {
        (int year, int month, int day) = value;
        return ref WriteDate(year, month, day, ref to);
    }

    /// <summary>
    /// Writes a time: <c>12:00:05</c>, or <c>12:00:05.1200000</c> where there is a fraction of a second.
    /// </summary>
    public static ref byte Write(TimeOnly value, ref byte to)
    {
        (ulong seconds, ulong fraction) = Math.DivRem((ulong)value.Ticks, TimeSpan.TicksPerSecond);
        to = ref WriteTime((uint)seconds, ref to);

        return ref fraction == 0 ? ref to : ref WriteFraction(fraction, ref to);
    }

    /// <summary>
    /// Writes <c>2021-05-08T12:00:05.12</c>, the fraction of a second as short as possible, and <c>Z</c> when it is UTC or an offset when it is
    /// local time.
    /// </summary>
    public static ref byte Write(DateTime value, ref byte to)
    {
        to = ref WriteDateAndTime(value, ref to);

        switch (value.Kind)
        {
            case DateTimeKind.Utc:
                to = (byte)'Z';
                return ref Unsafe.Add(ref to, 1);

            case DateTimeKind.Local:
                return ref WriteOffset((int)(TimeZoneInfo.Local.GetUtcOffset(value).Ticks / TimeSpan.TicksPerMinute), ref to);

            default:
                return ref to;
        }
    }

    /// <summary>
    /// Writes <c>2021-05-08T12:00:05.12+02:00</c>, the fraction of a second as short as possible.
    /// </summary>
    public static ref byte Write(DateTimeOffset value, ref byte to)
    {
        to = ref WriteDateAndTime(value.DateTime, ref to);
        return ref WriteOffset(value.TotalOffsetMinutes, ref to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WriteDateAndTime(DateTime value, ref byte to)
    {
        (int year, int month, int day) = value;
        (ulong seconds, ulong fraction) = Math.DivRem((ulong)value.Ticks, TimeSpan.TicksPerSecond);

        to = ref WriteDate(year, month, day, ref to);
        to = (byte)'T';
        to = ref WriteTime((uint)(seconds % (24 * 60 * 60)), ref Unsafe.Add(ref to, 1));

        if (fraction != 0)
        {
            to = ref WriteFraction(fraction, ref to);

            while (Unsafe.Add(ref to, -1) == '0')
            {
                to = ref Unsafe.Add(ref to, -1);
            }
        }

        return ref to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WriteDate(int year, int month, int day, ref byte to)
    {
        uint century = (uint)year / 100;

        JsonDigits.WriteTwo(century, ref to);
        JsonDigits.WriteTwo((uint)year - (century * 100), ref Unsafe.Add(ref to, 2));
        Unsafe.Add(ref to, 4) = (byte)'-';
        JsonDigits.WriteTwo((uint)month, ref Unsafe.Add(ref to, 5));
        Unsafe.Add(ref to, 7) = (byte)'-';
        JsonDigits.WriteTwo((uint)day, ref Unsafe.Add(ref to, 8));
        return ref Unsafe.Add(ref to, DateLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte WriteTime(uint secondsOfDay, ref byte to)
    {
        uint minutesOfDay = secondsOfDay / 60;
        uint hours = secondsOfDay / 3600;

        JsonDigits.WriteTwo(hours, ref to);
        Unsafe.Add(ref to, 2) = (byte)':';
        JsonDigits.WriteTwo(minutesOfDay - (hours * 60), ref Unsafe.Add(ref to, 3));
        Unsafe.Add(ref to, 5) = (byte)':';
        JsonDigits.WriteTwo(secondsOfDay - (minutesOfDay * 60), ref Unsafe.Add(ref to, 6));
        return ref Unsafe.Add(ref to, TimeLength);
    }

    private static ref byte WriteFraction(ulong ticks, ref byte to)
    {
        to = (byte)'.';
        return ref JsonDigits.Write(ticks, FractionDigits, ref Unsafe.Add(ref to, 1));
    }

    private static ref byte WriteOffset(int minutes, ref byte to)
    {
        uint magnitude = (uint)Math.Abs(minutes);
        uint hours = magnitude / 60;

        to = minutes < 0 ? (byte)'-' : (byte)'+';
        JsonDigits.WriteTwo(hours, ref Unsafe.Add(ref to, 1));
        Unsafe.Add(ref to, 3) = (byte)':';
        JsonDigits.WriteTwo(magnitude - (hours * 60), ref Unsafe.Add(ref to, 4));
        return ref Unsafe.Add(ref to, OffsetLength);
    }
}
