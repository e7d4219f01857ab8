using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public static partial class WebhookDataParts
{
    // The lengths of 2021-05-08, 12:00:05.1234567, 0f8fad5b-d9cb-469f-a165-70867728950e and -10675199.02:48:05.4775808.
    private const int MaxDateLength = 10;
    private const int MaxTimeLength = 16;
    private const int MaxGuidLength = 36;
    private const int MaxTimeSpanLength = 26;

    /// <summary>
    /// Writes a date with its time (ISO 8601) and the quotation mark after it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The date.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, DateTime value)
    {
        Span<byte> room = Room(destination, position, JsonDates.MaxLength + 1);
        ref byte first = ref MemoryMarshal.GetReference(room);
        return Quote(room, position, (int)Unsafe.ByteOffset(in first, in JsonDates.Write(value, ref first)));
    }

    /// <inheritdoc cref="WriteText(Span{byte}, int, DateTime)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, DateTimeOffset value)
    {
        Span<byte> room = Room(destination, position, JsonDates.MaxLength + 1);
        ref byte first = ref MemoryMarshal.GetReference(room);
        return Quote(room, position, (int)Unsafe.ByteOffset(in first, in JsonDates.Write(value, ref first)));
    }

    /// <summary>
    /// Writes a date (ISO 8601) and the quotation mark after it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The date.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, DateOnly value)
    {
        Span<byte> room = Room(destination, position, MaxDateLength + 1);
        ref byte first = ref MemoryMarshal.GetReference(room);
        return Quote(room, position, (int)Unsafe.ByteOffset(in first, in JsonDates.Write(value, ref first)));
    }

    /// <summary>
    /// Writes a time of day (ISO 8601) and the quotation mark after it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The time.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, TimeOnly value)
    {
        Span<byte> room = Room(destination, position, MaxTimeLength + 1);
        ref byte first = ref MemoryMarshal.GetReference(room);
        return Quote(room, position, (int)Unsafe.ByteOffset(in first, in JsonDates.Write(value, ref first)));
    }

    /// <summary>
    /// Writes a span of time, as <c>-1.02:03:04.5000000</c>, and the quotation mark after it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The span.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, TimeSpan value)
    {
        Span<byte> room = Room(destination, position, MaxTimeSpanLength + 1);
        return Quote(room, position, Format(room, value));
    }

    /// <summary>
    /// Writes a GUID with hyphens and the quotation mark after it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The GUID.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, Guid value)
    {
        Span<byte> room = Room(destination, position, MaxGuidLength + 1);
        return Quote(room, position, Format(room, value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Quote(Span<byte> room, int position, int length)
    {
        room[length] = (byte)'"';
        return position + length + 1;
    }
}
