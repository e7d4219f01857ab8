using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class JsonDateTextTests
{
    [Fact]
    public void Write_EveryDayOfTheCalendar_IsThatOfSystemTextJson()
    {
        Span<byte> text = stackalloc byte[40];

        for (int day = 0; day <= DateOnly.MaxValue.DayNumber; day += 3)
        {
            DateOnly date = DateOnly.FromDayNumber(day);

            int length = JsonDateText.Write(date, text);

            Assert.Equal(date.ToString("O", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text[..length]));
        }
    }

    [Fact]
    public void Write_EverySecondOfADay_IsThatOfSystemTextJson()
    {
        byte[] text = new byte[40];

        for (int second = 0; second < 86_400; second++)
        {
            var time = new TimeOnly(second * TimeSpan.TicksPerSecond);

            int length = JsonDateText.Write(time, text);

            Assert.Equal(time.ToString("HH:mm:ss", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text, 0, length));
        }
    }

    [Fact]
    public void Write_RandomTimes_AreThoseOfSystemTextJson()
    {
        var random = new Random(1);
        byte[] text = new byte[40];

        for (int i = 0; i < 50_000; i++)
        {
            // Close together, so that some are of the same second as the one before.
            long ticks = TimeSpan.TicksPerDay + (random.NextInt64(DateTime.MaxValue.Ticks - (2 * TimeSpan.TicksPerDay)) >> random.Next(40));
            ticks -= random.Next(4) switch { 0 => ticks % TimeSpan.TicksPerSecond, 1 => ticks % TimeSpan.TicksPerMillisecond, _ => 0 };
            var local = new DateTime(ticks, (DateTimeKind)random.Next(3));
            var offset = new DateTimeOffset(ticks, TimeSpan.FromMinutes(random.Next(-840, 841)));
            var time = new TimeOnly(ticks % TimeSpan.TicksPerDay);

            Assert.Equal(JsonSerializer.Serialize(local).Replace("\\u002B", "+", StringComparison.Ordinal).Trim('"'), Encoding.ASCII.GetString(text, 0, JsonDateText.Write(local, text)));
            Assert.Equal(JsonSerializer.Serialize(offset).Replace("\\u002B", "+", StringComparison.Ordinal).Trim('"'), Encoding.ASCII.GetString(text, 0, JsonDateText.Write(offset, text)));
            Assert.Equal(JsonSerializer.Serialize(time).Trim('"'), Encoding.ASCII.GetString(text, 0, JsonDateText.Write(time, text)));
        }
    }

    [Fact]
    public void Write_FirstSecondThereIs_IsNotTakenForOneWrittenBefore()
    {
        byte[] text = new byte[40];

        Assert.Equal("0001-01-01T00:00:00", Encoding.ASCII.GetString(text, 0, JsonDateText.Write(default(DateTime), text)));
        Assert.Equal("9999-12-31T23:59:59.9999999", Encoding.ASCII.GetString(text, 0, JsonDateText.Write(DateTime.MaxValue, text)));
    }
}
