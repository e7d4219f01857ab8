using System;
using System.Globalization;

namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// Makes numbers of all magnitudes, and many of the kind that people write.
/// </summary>
internal static class FuzzedNumber
{
    private static readonly double[] Doubles =
    [
        0, -0.0, 0.1 + 0.2, 0.3, 1e15, 1e15 - 0.125, 999_999_999_999_999, 99_999_999_999_999.9, 123_456_789_012_345.67, 9_007_199_254_740_993, 1e16, 1e-3,
        0.00099999999999999, 1e-4, 1e-5, 5e-324, 2.2250738585072014E-308, 2.225073858507201E-308, double.MaxValue, double.MinValue, 1e22, 1e23, Math.PI,
    ];

    private static readonly decimal[] Decimals =
    [
        0m, -0.0m, 0.00m, 0.0000000000000000000000000000m, 1.10m, 100m, decimal.MaxValue, decimal.MinValue, decimal.One, decimal.MinusOne,
        0.0000000000000000000000000001m, 18446744073709551615m, 18446744073709551616m, 1844674407370955161.5m, -1.8446744073709551615m,
    ];

    private static readonly long[] Integers = [0, -1, 9, 10, 99, 100, int.MinValue, int.MaxValue, uint.MaxValue, long.MinValue, long.MaxValue];

    public static double NextDouble(Random random)
    {
        double value = random.Next(6) switch
        {
            0 => Doubles[random.Next(Doubles.Length)],
            1 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            2 => Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-4, 16)), random.Next(16)),
            3 => Math.BitIncrement(Math.Round(random.NextDouble() * 1000, random.Next(4))),
            4 => random.Next(-1000, 1000),
            _ => double.Parse(Digits(random, random.Next(1, 19)) + $"E{random.Next(-25, 20)}", CultureInfo.InvariantCulture),
        };

        return !double.IsFinite(value) ? 1.5 : random.Next(2) == 0 ? value : -value;
    }

    public static float NextSingle(Random random)
    {
        float value = random.Next(2) == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : (float)NextDouble(random);
        return float.IsFinite(value) ? value : 1.5f;
    }

    public static decimal NextDecimal(Random random) => random.Next(4) switch
    {
        0 => Decimals[random.Next(Decimals.Length)],
        1 => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
        2 => new decimal(random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), 0, random.Next(2) == 0, (byte)random.Next(29)),
        _ => new decimal(random.Next(100_000), 0, 0, random.Next(2) == 0, (byte)random.Next(6)),
    };

    public static long NextInteger(Random random) => random.Next(3) switch
    {
        0 => Integers[random.Next(Integers.Length)] + random.Next(-1, 2),
        1 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        _ => random.Next(-1000, 1000),
    };

    public static DateTime NextDate(Random random)
    {
        long ticks = random.NextInt64(DateTime.MaxValue.Ticks + 1);

        ticks = random.Next(8) switch
        {
            0 => DateTime.MinValue.Ticks + random.Next(3),
            1 => DateTime.MaxValue.Ticks - random.Next(3),
            2 => ticks,
            3 => ticks - (ticks % TimeSpan.TicksPerMillisecond),
            _ => ticks - (ticks % TimeSpan.TicksPerSecond),
        };

        // Local time asks for the rules of the time zone, which takes long.
        return new DateTime(ticks, random.Next(20) switch { 0 => DateTimeKind.Local, < 10 => DateTimeKind.Utc, _ => DateTimeKind.Unspecified });
    }

    public static DateTimeOffset NextInstant(Random random)
    {
        var date = new DateTime(NextDate(random).Ticks);
        TimeSpan offset = TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1));

        return date.Year is > 1 and < 9999 ? new DateTimeOffset(date, offset) : new DateTimeOffset(date, TimeSpan.Zero);
    }

    private static string Digits(Random random, int count) => random.NextInt64(1_000_000_000_000_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(18, '7')[..count];
}
