using System;
using System.Globalization;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>The partition of one day: of the events whose keys were made in it.</summary>
internal readonly record struct PartitionDay(DateOnly Day)
{
    private const string Format = "yyyyMMdd";

    /// <summary>Gets the end of the tables' names.</summary>
    public string Suffix => Day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Gets the least key of the day.</summary>
    public Guid From => KeyAt(Milliseconds(Day));

    /// <summary>Gets the least key of the next day.</summary>
    public Guid Until => KeyAt(Milliseconds(Day.AddDays(1)));

    /// <summary>Reads the end of a table's name.</summary>
    public static PartitionDay? Parse(string suffix) =>
        DateOnly.TryParseExact(suffix, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? new PartitionDay(day) : null;

    /// <summary>Gives the least UUID of version 7 of a moment: the first 48 bits are milliseconds since 1970.</summary>
    public static Guid KeyAt(long milliseconds)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();

        for (int i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)milliseconds;
            milliseconds >>= 8;
        }

        return new Guid(bytes, bigEndian: true);
    }

    private static long Milliseconds(DateOnly day) =>
        (long)(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds;
}
