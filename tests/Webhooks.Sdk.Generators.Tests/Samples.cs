using System;
using System.Text;
using Webhooks.Sdk.Generators.Tests.Shapes;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// Values whose texts are as long as they can be.
/// </summary>
internal static class Samples
{
    public static Numbers LongestNumbers { get; } = new()
    {
        SByte = sbyte.MinValue,
        Byte = byte.MaxValue,
        Short = short.MinValue,
        UShort = ushort.MaxValue,
        Int = int.MinValue,
        UInt = uint.MaxValue,
        Long = long.MinValue,
        ULong = ulong.MaxValue,
        Int128 = Int128.MinValue,
        UInt128 = UInt128.MaxValue,
        Half = -Half.Epsilon,
        Float = -1.17549435E-38f,
        Double = -2.2250738585072014E-308,
        Decimal = decimal.MinValue,
        Bool = false,
        Day = (DayOfWeek)int.MinValue,
        NoInt = int.MinValue,
        NoDouble = -1.7976931348623157E+308,
        NoDecimal = -7.9228162514264337593543950335m,
        NoBool = false,
        NoDay = (DayOfWeek)int.MinValue,
    };

    public static Times LongestTimes { get; } = new(
        new DateTime(2021, 12, 31, 23, 59, 59, DateTimeKind.Local).AddTicks(9_999_999),
        new DateTimeOffset(2021, 12, 31, 23, 59, 59, TimeSpan.FromHours(-14)).AddTicks(1_234_567),
        DateOnly.MaxValue,
        TimeOnly.MaxValue,
        TimeSpan.MinValue,
        Guid.AllBitsSet,
        new DateTime(2021, 12, 31, 23, 59, 59, DateTimeKind.Local).AddTicks(1),
        DateTimeOffset.MaxValue,
        DateOnly.MaxValue,
        TimeOnly.MaxValue,
        TimeSpan.MinValue,
        Guid.AllBitsSet);

    /// <summary>
    /// Gives text as UTF-8 can carry it.
    /// </summary>
    public static string WithoutLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
