using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes dates and times as <see cref="JsonDates"/> does, several digits in one machine word.
/// </summary>
/// <remarks>
/// A number below 100 becomes its two digits at the place in the word where it stands: its tens are <c>n * 103 / 1024</c>, its ones the rest, and
/// numbers side by side are far enough apart not to touch each other.
/// </remarks>
internal static class JsonDateText
{
    /// <summary>
    /// The length of <c>2021-05-08T12:00:05</c>.
    /// </summary>
    private const int SecondsLength = 19;

    // What a thread wrote last: events of the same second come in crowds. Its second is counted from 1, so that nothing matches at first.
    [ThreadStatic]
    private static Memo t_last;

    private const int DateLength = 10;
    private const int TimeLength = 8;
    private const int OffsetLength = 6;
    private const int FractionLength = 8;

    /// <inheritdoc cref="JsonDates.Write(DateTime, Span{byte})"/>
    public static int Write(DateTime value, Span<byte> destination)
    {
        int length = WriteDateAndTime(value, destination);

        if (value.Kind == DateTimeKind.Unspecified)
        {
            return length;
        }

        if (value.Kind == DateTimeKind.Utc)
        {
            destination[length] = (byte)'Z';
            return length + 1;
        }

        return length + WriteOffset((int)(TimeZoneInfo.Local.GetUtcOffset(value).Ticks / TimeSpan.TicksPerMinute), destination[length..]);
    }

    /// <inheritdoc cref="JsonDates.Write(DateTimeOffset, Span{byte})"/>
    public static int Write(DateTimeOffset value, Span<byte> destination)
    {
        int length = WriteDateAndTime(value.DateTime, destination);
        return length + WriteOffset(value.TotalOffsetMinutes, destination[length..]);
    }

    /// <inheritdoc cref="JsonDates.Write(DateOnly, Span{byte})"/>
    public static int Write(DateOnly value, Span<byte> destination)
    {
        (int year, int month, int day) = value;
        WriteDate(year, month, day, destination[..DateLength]);
        return DateLength;
    }

    /// <inheritdoc cref="JsonDates.Write(TimeOnly, Span{byte})"/>
    public static int Write(TimeOnly value, Span<byte> destination)
    {
        ulong seconds = (ulong)value.Ticks / TimeSpan.TicksPerSecond;
        uint fraction = (uint)((ulong)value.Ticks - (seconds * TimeSpan.TicksPerSecond));
        WriteTime((uint)seconds, destination[..TimeLength]);

        if (fraction == 0)
        {
            return TimeLength;
        }

        WriteFraction(fraction, destination.Slice(TimeLength, FractionLength));
        return TimeLength + FractionLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteDateAndTime(DateTime value, Span<byte> destination)
    {
        Span<byte> text = destination[..SecondsLength];
        ulong seconds = (ulong)value.Ticks / TimeSpan.TicksPerSecond;
        uint fraction = (uint)((ulong)value.Ticks - (seconds * TimeSpan.TicksPerSecond));
        ref Memo last = ref t_last;

        if (last.Second == seconds + 1)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(text, last.Start);
            BinaryPrimitives.WriteUInt64LittleEndian(text[8..], last.Middle);
            BinaryPrimitives.WriteUInt64LittleEndian(text[11..], last.End);
        }
        else
        {
            WriteSecond(value, seconds, text);
            last = new Memo(
                seconds + 1,
                BinaryPrimitives.ReadUInt64LittleEndian(text),
                BinaryPrimitives.ReadUInt64LittleEndian(text[8..]),
                BinaryPrimitives.ReadUInt64LittleEndian(text[11..]));
        }

        return fraction == 0 ? SecondsLength : SecondsLength + WriteShortFraction(fraction, destination[SecondsLength..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteSecond(DateTime value, ulong seconds, Span<byte> text)
    {
        (int year, int month, int day) = value;
        WriteDate(year, month, day, text);
        text[DateLength] = (byte)'T';
        WriteTime((uint)(seconds % (TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond)), text[(DateLength + 1)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteDate(int year, int month, int day, Span<byte> text)
    {
        uint century = (uint)year / 100;
        uint yearOfCentury = (uint)year - (century * 100);

        // yyyy-MM- and dd
        ulong numbers = century | ((ulong)yearOfCentury << 16) | ((ulong)(uint)month << 40);
        ulong tens = ((numbers * 103) >> 10) & 0x0000_0F00_000F_000F;
        ulong digits = tens | ((numbers - (tens * 10)) << 8);
        BinaryPrimitives.WriteUInt64LittleEndian(text, digits + 0x2D30_302D_3030_3030);
        BinaryPrimitives.WriteUInt16LittleEndian(text[8..], TwoDigits((uint)day));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTime(uint secondsOfDay, Span<byte> text)
    {
        uint minutes = secondsOfDay / 60;
        uint seconds = secondsOfDay - (minutes * 60);
        uint hours = minutes / 60;
        minutes -= hours * 60;

        // HH:mm:ss
        ulong numbers = hours | ((ulong)minutes << 24) | ((ulong)seconds << 48);
        ulong tens = ((numbers * 103) >> 10) & 0x000F_0000_0F00_000F;
        ulong digits = tens | ((numbers - (tens * 10)) << 8);
        BinaryPrimitives.WriteUInt64LittleEndian(text, digits + 0x3030_3A30_303A_3030);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteShortFraction(uint ticks, Span<byte> destination)
    {
        WriteFraction(ticks, destination[..FractionLength]);
        int length = FractionLength;

        while (destination[length - 1] == '0')
        {
            length--;
        }

        return length;
    }

    private static void WriteFraction(uint ticks, Span<byte> text)
    {
        uint first = ticks / 100_000;
        uint rest = ticks - (first * 100_000);
        uint second = rest / 1000;
        rest -= second * 1000;
        uint third = rest / 10;

        text[0] = (byte)'.';
        BinaryPrimitives.WriteUInt16LittleEndian(text[1..], TwoDigits(first));
        BinaryPrimitives.WriteUInt16LittleEndian(text[3..], TwoDigits(second));
        BinaryPrimitives.WriteUInt16LittleEndian(text[5..], TwoDigits(third));
        text[7] = (byte)('0' + (rest - (third * 10)));
    }

    private static int WriteOffset(int minutes, Span<byte> destination)
    {
        Span<byte> text = destination[..OffsetLength];
        uint distance = (uint)Math.Abs(minutes);
        uint hours = distance / 60;

        text[0] = minutes < 0 ? (byte)'-' : (byte)'+';
        BinaryPrimitives.WriteUInt16LittleEndian(text[1..], TwoDigits(hours));
        text[3] = (byte)':';
        BinaryPrimitives.WriteUInt16LittleEndian(text[4..], TwoDigits(distance - (hours * 60)));
        return OffsetLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort TwoDigits(uint value)
    {
        uint tens = (value * 103) >> 10;
        return (ushort)(0x3030 + tens + ((value - (tens * 10)) << 8));
    }

    /// <summary>
    /// A second and its text; the words overlap.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Memo(ulong second, ulong start, ulong middle, ulong end)
    {
        public readonly ulong Second = second;
        public readonly ulong Start = start;
        public readonly ulong Middle = middle;
        public readonly ulong End = end;
    }
}
