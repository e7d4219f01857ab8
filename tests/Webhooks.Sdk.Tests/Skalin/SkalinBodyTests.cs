using System;
using System.Buffers;
using System.Text;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Skalin;

public sealed class SkalinBodyTests
{
    private static readonly DateTimeOffset Timestamp = new(2021, 5, 8, 12, 0, 5, TimeSpan.Zero);
    private static readonly TimeOnly LocalTime = new(8, 0, 5);

    [Fact]
    public void Write_LeastEvent_IsTheDocumentsSample()
    {
        SkalinEvent activation = Event().Build();

        Assert.Equal(
            """{"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}""",
            Write(activation));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Write_WholeEvent_IsTheSameInEveryCulture(string culture)
    {
        using var scope = new CultureScope(culture);
        SkalinEvent activation = Event().OccurredAt(Timestamp, LocalTime).Build();

        Assert.Equal(
            """{"eventId":"e07595f29f1928y5","customerId":"customer1234","ts":"2021-05-08T12:00:05","localtime":"08:00:05","event":{"name":"ActivationService","score":5}}""",
            Write(activation));
    }

    [Fact]
    public void Write_TimestampAlone_LeavesTheLocalTimeOut()
    {
        Assert.Equal(
            """{"eventId":"e07595f29f1928y5","customerId":"customer1234","ts":"2021-05-08T12:00:05","event":{"name":"ActivationService","score":5}}""",
            Write(Event().OccurredAt(Timestamp).Build()));
    }

    [Fact]
    public void Write_LocalTimeAlone_LeavesTheTimestampOut()
    {
        Assert.Equal(
            """{"eventId":"e07595f29f1928y5","customerId":"customer1234","localtime":"08:00:05","event":{"name":"ActivationService","score":5}}""",
            Write(Event().OccurredAt(LocalTime).Build()));
    }

    [Theory]
    [InlineData("2021-05-08T14:00:05.9999999+02:00", "2021-05-08T12:00:05")]
    [InlineData("2021-05-08T23:30:00-05:00", "2021-05-09T04:30:00")]
    [InlineData("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", "9999-12-31T23:59:59")]
    public void Write_Timestamp_IsUtcToTheSecond(string timestamp, string expected)
    {
        SkalinEvent activation = Event().OccurredAt(DateTimeOffset.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture)).Build();

        Assert.Contains($"\"ts\":\"{expected}\",", Write(activation));
    }

    [Theory]
    [InlineData(0, "00:00:00")]
    [InlineData(TimeSpan.TicksPerDay - 1, "23:59:59")]
    public void Write_LocalTime_IsOf24HoursToTheSecond(long ticks, string expected)
    {
        SkalinEvent activation = Event().OccurredAt(new TimeOnly(ticks)).Build();

        Assert.Contains($"\"localtime\":\"{expected}\",", Write(activation));
    }

    [Fact]
    public void Write_TextOfAnyCharacters_IsEscapedAsJsonAndNoMore()
    {
        SkalinEvent activation = SkalinEvent.For("""o'é"\&""").WithFeature("Activé <b>\n", 1).WithId("e07595f29f1928\"\\").Build();

        Assert.Equal(
            """{"eventId":"e07595f29f1928\"\\","customerId":"o'é\"\\&","event":{"name":"Activé <b>\n","score":1}}""",
            Write(activation));
    }

    private static SkalinEventBuilder Event() =>
        SkalinEvent.For("customer1234").WithFeature("ActivationService", score: 5).WithId("e07595f29f1928y5");

    private static string Write(SkalinEvent skalinEvent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SkalinBody.Write(skalinEvent, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
