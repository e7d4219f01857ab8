using System;
using System.Net.Http;
using Webhooks.Sdk.Retry;
using Xunit;

namespace Webhooks.Sdk.Tests.Retry;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("007", 7)]
    [InlineData("1.5", 1.5)]
    [InlineData("86400", 86_400)]
    [InlineData("86401", 86_400)]
    [InlineData("99999999999999999999", 86_400)]
    [InlineData("1772366430", 30)]
    [InlineData("1772366430.5", 30.5)]
    [InlineData("1772366370", 0)]
    [InlineData("1772366430000", 30)]
    [InlineData("999999999", 86_400)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sunday, 01-Mar-26 12:00:30 GMT", 30)]
    [InlineData("Sun Mar  1 12:00:30 2026", 30)]
    [InlineData("Sun, 01 Mar 2026 11:59:30 GMT", 0)]
    [InlineData("Sun, 01 Mar 2099 12:00:00 GMT", 86_400)]
    public void Parse_UsableText_GivesTheWait(string text, double seconds)
    {
        TimeSpan? wait = RetryAfter.Parse(text, Now);

        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("5 seconds")]
    [InlineData("2026-03-01T12:00:30Z")]
    [InlineData("Mon, 01 Mar 2026 12:00:30 GMT")]
    [InlineData("Sun, 01 Mar 2026 25:00:30 GMT")]
    [InlineData("Sun, 01 Mar 2026 12:00:30 CET")]
    public void Parse_Nonsense_GivesNothing(string text)
    {
        Assert.Null(RetryAfter.Parse(text, Now));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void Parse_InAnyCulture_ReadsTheSame(string culture)
    {
        using var scope = new CultureScope(culture);

        Assert.Equal(TimeSpan.FromSeconds(1.5), RetryAfter.Parse("1.5", Now));
        Assert.Equal(TimeSpan.FromSeconds(30), RetryAfter.Parse("Sun, 01 Mar 2026 12:00:30 GMT", Now));
    }

    [Theory]
    [InlineData("7", "1.25", 7.0)]
    [InlineData("soon", "1.25", 1.25)]
    [InlineData(null, "1.25", 1.25)]
    [InlineData("7", null, 7.0)]
    [InlineData(null, null, null)]
    public void ReadWait_TwoHeaders_PrefersRetryAfter(string? retryAfter, string? resetAfter, double? seconds)
    {
        using var message = new HttpResponseMessage();
        message.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        message.Headers.TryAddWithoutValidation("X-RateLimit-Reset-After", resetAfter);

        TimeSpan? wait = WebhookResponseRule.Default.ReadWait(new WebhookAnswer(429, message.Headers, "", isComplete: true), Now);

        Assert.Equal(seconds, wait?.TotalSeconds);
    }
}
