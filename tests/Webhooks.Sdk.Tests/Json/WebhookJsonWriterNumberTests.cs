using System;
using System.Globalization;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterNumberTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void WriteNumber_WithSignedIntegers_IsUtf8JsonWriters(long value)
    {
        string expected = Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(value));

        Assert.Equal(expected, Written.By((ref writer) => writer.WriteNumberValue(value)));
        Assert.Equal(expected, Written.By((ref writer) => writer.WriteNumberValue((Int128)value)));
        Assert.Equal(
            Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(unchecked((int)value))),
            Written.By((ref writer) => writer.WriteNumberValue(unchecked((int)value))));
    }

    [Fact]
    public void WriteNumber_WithTheLargestOfEachKind_HasRoom()
    {
        string text = Written.By((ref writer) =>
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(uint.MaxValue);
            writer.WriteNumberValue(ulong.MaxValue);
            writer.WriteNumberValue(Int128.MinValue);
            writer.WriteNumberValue(UInt128.MaxValue);
            writer.WriteNumberValue(decimal.MinValue);
            writer.WriteNumberValue(-0.0000000000000000000000000001m);
            writer.WriteNumberValue(-2.2250738585072014E-308);
            writer.WriteNumberValue(float.MinValue);
            writer.WriteNumberValue(Half.MinValue);
            writer.WriteEndArray();
        });

        Assert.Equal(
            "[4294967295,18446744073709551615,-170141183460469231731687303715884105728,340282366920938463463374607431768211455,"
            + "-79228162514264337593543950335,-0.0000000000000000000000000001,-2.2250738585072014E-308,-3.4028235E+38,-65500]",
            text);
    }

    [Fact]
    public void WriteNumber_WithNamesOfBothKinds_WritesEachKindOfNumber()
    {
        string text = Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("i"u8, -1);
            writer.WriteNumber("i", -1);
            writer.WriteNumber("u"u8, 1u);
            writer.WriteNumber("u", 1u);
            writer.WriteNumber("l"u8, -1L);
            writer.WriteNumber("l", -1L);
            writer.WriteNumber("ul"u8, 1ul);
            writer.WriteNumber("ul", 1ul);
            writer.WriteNumber("ii"u8, (Int128)(-1));
            writer.WriteNumber("ii", (Int128)(-1));
            writer.WriteNumber("uu"u8, (UInt128)1);
            writer.WriteNumber("uu", (UInt128)1);
            writer.WriteNumber("h"u8, (Half)0.1);
            writer.WriteNumber("h", (Half)0.1);
            writer.WriteNumber("f"u8, 0.1f);
            writer.WriteNumber("f", 0.1f);
            writer.WriteNumber("d"u8, 0.1);
            writer.WriteNumber("d", 0.1);
            writer.WriteNumber("m"u8, 1.10m);
            writer.WriteNumber("m", 1.10m);
            writer.WriteEndObject();
        });

        Assert.Equal(
            """{"i":-1,"i":-1,"u":1,"u":1,"l":-1,"l":-1,"ul":1,"ul":1,"ii":-1,"ii":-1,"uu":1,"uu":1,"h":0.1,"h":0.1,"f":0.1,"f":0.1,"d":0.1,"d":0.1,"m":1.10,"m":1.10}""",
            text);
    }

    [Fact]
    public void WriteNumber_WithSmallIntegers_PicksOneOverload()
    {
        string text = Written.By((ref writer) =>
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(byte.MaxValue);
            writer.WriteNumberValue(sbyte.MinValue);
            writer.WriteNumberValue(short.MinValue);
            writer.WriteNumberValue(ushort.MaxValue);
            writer.WriteNumberValue((nint)(-1));
            writer.WriteNumberValue((nuint)1);
            writer.WriteEndArray();
        });

        Assert.Equal("[255,-128,-32768,65535,-1,1]", text);
    }

    [Fact]
    public void WriteNumber_WithFuzzedFractions_IsUtf8JsonWriters()
    {
        var random = new Random(7);

        for (int i = 0; i < 20_000; i++)
        {
            double number = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : Math.Round(random.NextDouble() * 1000, i % 7);
            float single = BitConverter.Int32BitsToSingle(random.Next());
            var money = new decimal(random.Next(), random.Next(), i % 3 == 0 ? 0 : random.Next(), i % 2 == 0, (byte)random.Next(29));

            if (double.IsFinite(number))
            {
                Assert.Equal(
                    Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(number)),
                    Written.By((ref writer) => writer.WriteNumberValue(number)));
            }

            if (float.IsFinite(single))
            {
                Assert.Equal(
                    Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(single)),
                    Written.By((ref writer) => writer.WriteNumberValue(single)));
            }

            Assert.Equal(
                Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(money)),
                Written.By((ref writer) => writer.WriteNumberValue(money)));
        }
    }

    [Theory]
    [InlineData(-0.0)]
    [InlineData(1e15)]
    [InlineData(1e16)]
    [InlineData(-1e-5)]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    [InlineData(double.Epsilon)]
    public void WriteNumber_WithDoublesAtTheEdges_IsUtf8JsonWriters(double value)
    {
        Assert.Equal(
            Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(value)),
            Written.By((ref writer) => writer.WriteNumberValue(value)));
    }

    [Fact]
    public void WriteNumber_WithDecimalsAtTheEdges_IsUtf8JsonWriters()
    {
        foreach (decimal value in new[] { 0m, -0.0m, 0.00m, 1.10m, 100m, decimal.MaxValue, decimal.MinValue })
        {
            Assert.Equal(
                Written.ByUtf8JsonWriter(writer => writer.WriteNumberValue(value)),
                Written.By((ref writer) => writer.WriteNumberValue(value)));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void WriteNumber_WithNaNOrInfinity_Throws(double value)
    {
        Assert.Throws<ArgumentException>(nameof(value), () => Written.By((ref writer) => writer.WriteNumberValue(value)));
        Assert.Throws<ArgumentException>(nameof(value), () => Written.By((ref writer) => writer.WriteNumberValue((float)value)));
        Assert.Throws<ArgumentException>(nameof(value), () => Written.By((ref writer) => writer.WriteNumberValue((Half)value)));
        Assert.Throws<ArgumentException>(nameof(value), () => Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("a"u8, value);
        }));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fr-FR")]
    public void WriteNumber_InAnyCulture_IsTheSame(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        try
        {
            string text = Written.By((ref writer) =>
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(-1);
                writer.WriteNumberValue(-1L);
                writer.WriteNumberValue((Int128)(-1));
                writer.WriteNumberValue(-1.5);
                writer.WriteNumberValue(-1e30f);
                writer.WriteNumberValue(-1.5m);
                writer.WriteStringValue(new TimeSpan(-1, 2, 3, 4, 5));
                writer.WriteStringValue(new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Utc));
                writer.WriteStringValue(new DateOnly(2021, 5, 8));
                writer.WriteEndArray();
            });

            Assert.Equal("""[-1,-1,-1,-1.5,-1E+30,-1.5,"-21:56:55.9950000","2021-05-08T12:00:05Z","2021-05-08"]""", text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
