using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes dates and times as text, the same that System.Text.Json writes (ISO 8601), whatever the culture.
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
    private const uint TwoZeros = '0' | ('0' << 8);

    /// <summary>
    /// Writes a date: <c>2021-05-08</c>.
    /// </summary>
    public static int Write(DateOnly value, Span<byte> destination)
    {
        (int year, int month, int day) = value;
        return WriteDate(year, month, day, destination);
    }

    /// <summary>
    /// Writes a time: <c>12:00:05</c>, or <c>12:00:05.1200000</c> where there is a fraction of a second.
    /// </summary>
    public static int Write(TimeOnly value, Span<byte> destination)
    {
        int length = WriteTime(value.Ticks, destination);
        int fraction = (int)(value.Ticks % TimeSpan.TicksPerSecond);

        return fraction == 0 ? length : length + WriteFraction(fraction, destination[length..]);
    }

    /// <summary>
    /// Writes <c>2021-05-08T12:00:05.12</c>, the fraction of a second as short as possible, and <c>Z</c> when it is UTC or an offset when it is
    /// local time.
    /// </summary>
    public static int Write(DateTime value, Span<byte> destination)
    {
        int length = WriteDateAndTime(value, destination);

        switch (value.Kind)
        {
            case DateTimeKind.Utc:
                destination[length] = (byte)'Z';
                return length + 1;

            case DateTimeKind.Local:
                return length + WriteOffset((int)(TimeZoneInfo.Local.GetUtcOffset(value).Ticks / TimeSpan.TicksPerMinute), destination[length..]);

            default:
                return length;
        }
    }

    /// <summary>
    /// Writes <c>2021-05-08T12:00:05.12+02:00</c>, the fraction of a second as short as possible.
    /// </summary>
    public static int Write(DateTimeOffset value, Span<byte> destination)
    {
        int length = WriteDateAndTime(value.DateTime, destination);
        return length + WriteOffset(value.TotalOffsetMinutes, destination[length..]);
    }

    private static int WriteDateAndTime(DateTime value, Span<byte> destination)
    {
        (int year, int month, int day) = value;
        long ticks = value.TimeOfDay.Ticks;

        int length = WriteDate(year, month, day, destination);
        destination[length++] = (byte)'T';
        length += WriteTime(ticks, destination[length..]);

        int fraction = (int)(ticks % TimeSpan.TicksPerSecond);

        if (fraction != 0)
        {
            length += WriteFraction(fraction, destination[length..]);

            while (destination[length - 1] == '0')
            {
                length--;
            }
        }

        return length;
    }

    private static int WriteDate(int year, int month, int day, Span<byte> destination)
    {
        Span<byte> text = destination[..DateLength];

        (uint century, uint yearOfCentury) = Math.DivRem((uint)year, 100);

        WriteTwoDigits(century, text);
        WriteTwoDigits(yearOfCentury, text[2..]);
        text[4] = (byte)'-';
        WriteTwoDigits((uint)month, text[5..]);
        text[7] = (byte)'-';
        WriteTwoDigits((uint)day, text[8..]);
        return DateLength;
    }

    private static int WriteTime(long ticksOfDay, Span<byte> destination)
    {
        Span<byte> text = destination[..TimeLength];
        (uint minutes, uint seconds) = Math.DivRem((uint)(ticksOfDay / TimeSpan.TicksPerSecond), 60);
        (uint hours, minutes) = Math.DivRem(minutes, 60);

        WriteTwoDigits(hours, text);
        text[2] = (byte)':';
        WriteTwoDigits(minutes, text[3..]);
        text[5] = (byte)':';
        WriteTwoDigits(seconds, text[6..]);
        return TimeLength;
    }

    private static int WriteFraction(int ticks, Span<byte> destination)
    {
        destination[0] = (byte)'.';

        for (int i = FractionDigits; i > 0; i--)
        {
            destination[i] = (byte)('0' + (ticks % 10));
            ticks /= 10;
        }

        return 1 + FractionDigits;
    }

    private static int WriteOffset(int minutes, Span<byte> destination)
    {
        Span<byte> text = destination[..OffsetLength];

        text[0] = minutes < 0 ? (byte)'-' : (byte)'+';

        (uint hours, uint minutesOfHour) = Math.DivRem((uint)Math.Abs(minutes), 60);
        WriteTwoDigits(hours, text[1..]);
        text[3] = (byte)':';
        WriteTwoDigits(minutesOfHour, text[4..]);
        return OffsetLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTwoDigits(uint value, Span<byte> destination)
    {
        (uint tens, uint ones) = Math.DivRem(value, 10);
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)(TwoZeros + tens + (ones << 8)));
    }
}
