using System;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterDateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_200_000)]
    [InlineData(9_999_999)]
    [InlineData(432_005_000_0000)]
    [InlineData(863_999_999_999)]
    public void WriteString_WithTimesOfDay_IsSystemTextJsons(long ticks)
    {
        var date = new DateTime(2021, 5, 8).AddTicks(ticks % TimeSpan.TicksPerDay);
        var time = new TimeOnly(ticks % TimeSpan.TicksPerDay);

        AssertSame(date);
        AssertSame(DateTime.SpecifyKind(date, DateTimeKind.Utc));
        AssertSame(DateTime.SpecifyKind(date, DateTimeKind.Local));
        AssertSame(new DateTimeOffset(date, TimeSpan.Zero));
        Assert.Equal(JsonSerializer.Serialize(time), Written.By((ref writer) => writer.WriteStringValue(time)));
    }

    [Fact]
    public void WriteString_WithFuzzedDates_IsSystemTextJsons()
    {
        var random = new Random(11);

        for (int i = 0; i < 20_000; i++)
        {
            long ticks = random.NextInt64(DateTime.MaxValue.Ticks);
            var date = new DateTime(i % 3 == 0 ? ticks - (ticks % TimeSpan.TicksPerSecond) : ticks, (DateTimeKind)(i % 3));
            TimeSpan offset = TimeSpan.FromMinutes(random.Next(-14 * 60, (14 * 60) + 1));
            DateOnly day = DateOnly.FromDateTime(date);

            AssertSame(date);

            if (date.Year is > 1 and < 9999)
            {
                AssertSame(new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Unspecified), offset));
            }

            Assert.Equal(JsonSerializer.Serialize(day), Written.By((ref writer) => writer.WriteStringValue(day)));
        }
    }

    [Fact]
    public void WriteString_WithTheFirstAndLastInstants_IsSystemTextJsons()
    {
        foreach (DateTimeKind kind in Enum.GetValues<DateTimeKind>())
        {
            AssertSame(DateTime.SpecifyKind(DateTime.MinValue, kind));
            AssertSame(DateTime.SpecifyKind(DateTime.MaxValue, kind));
        }

        AssertSame(DateTimeOffset.MinValue);
        AssertSame(DateTimeOffset.MaxValue);
        AssertSame(new DateTimeOffset(2021, 5, 8, 0, 0, 0, TimeSpan.FromHours(-14)));
        AssertSame(new DateTimeOffset(2021, 5, 8, 0, 0, 0, TimeSpan.FromMinutes(-30)));
        Assert.Equal("\"0001-01-01\"", Written.By((ref writer) => writer.WriteStringValue(DateOnly.MinValue)));
        Assert.Equal("\"9999-12-31\"", Written.By((ref writer) => writer.WriteStringValue(DateOnly.MaxValue)));
        Assert.Equal("\"00:00:00\"", Written.By((ref writer) => writer.WriteStringValue(TimeOnly.MinValue)));
        Assert.Equal("\"23:59:59.9999999\"", Written.By((ref writer) => writer.WriteStringValue(TimeOnly.MaxValue)));
    }

    [Fact]
    public void WriteString_WithTimeSpans_IsSystemTextJsons()
    {
        foreach (TimeSpan value in new[] { TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(-5), TimeSpan.FromTicks(1) })
        {
            Assert.Equal(JsonSerializer.Serialize(value), Written.By((ref writer) => writer.WriteStringValue(value)));
        }
    }

    [Fact]
    public void WriteString_WithGuids_IsUtf8JsonWriters()
    {
        foreach (Guid value in new[] { Guid.Empty, Guid.AllBitsSet, new Guid("0F8FAD5B-D9CB-469F-A165-70867728950E") })
        {
            Assert.Equal(
                Written.ByUtf8JsonWriter(writer => writer.WriteStringValue(value)),
                Written.By((ref writer) => writer.WriteStringValue(value)));
        }
    }

    [Fact]
    public void WriteString_WithNamesOfBothKinds_WritesEachKind()
    {
        var instant = new DateTimeOffset(2021, 5, 8, 12, 0, 5, 120, TimeSpan.FromHours(2));
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");

        string text = Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("dt"u8, instant.UtcDateTime);
            writer.WriteString("dt", instant.DateTime);
            writer.WriteString("dto"u8, instant);
            writer.WriteString("dto", instant);
            writer.WriteString("d"u8, DateOnly.FromDateTime(instant.DateTime));
            writer.WriteString("d", DateOnly.FromDateTime(instant.DateTime));
            writer.WriteString("t"u8, new TimeOnly(8, 0, 5));
            writer.WriteString("t", new TimeOnly(8, 0, 5));
            writer.WriteString("ts"u8, TimeSpan.FromDays(1));
            writer.WriteString("ts", TimeSpan.FromDays(1));
            writer.WriteString("g"u8, guid);
            writer.WriteString("g", guid);
            writer.WriteEndObject();
        });

        Assert.Equal(
            """
            {"dt":"2021-05-08T10:00:05.12Z","dt":"2021-05-08T12:00:05.12","dto":"2021-05-08T12:00:05.12+02:00","dto":"2021-05-08T12:00:05.12+02:00",
            "d":"2021-05-08","d":"2021-05-08","t":"08:00:05","t":"08:00:05","ts":"1.00:00:00","ts":"1.00:00:00",
            "g":"0f8fad5b-d9cb-469f-a165-70867728950e","g":"0f8fad5b-d9cb-469f-a165-70867728950e"}
            """.ReplaceLineEndings(""),
            text);
    }

    private static void AssertSame(DateTime value) =>
        Assert.Equal(
            Written.ByUtf8JsonWriter(writer => writer.WriteStringValue(value)),
            Written.By((ref writer) => writer.WriteStringValue(value)));

    private static void AssertSame(DateTimeOffset value) =>
        Assert.Equal(
            Written.ByUtf8JsonWriter(writer => writer.WriteStringValue(value)),
            Written.By((ref writer) => writer.WriteStringValue(value)));
}
