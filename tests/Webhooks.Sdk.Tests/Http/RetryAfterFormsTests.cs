using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>What receivers write into Retry-After, from the socket to the result. The clock stands at Sunday, 1 March 2026, 12:00 UTC.</summary>
public sealed class RetryAfterFormsTests
{
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("007", 7)]
    [InlineData("30", 30)]
    [InlineData("1.5", 1.5)]
    [InlineData(".5", 0.5)]
    [InlineData("30.000", 30)]
    [InlineData("0.0001", 0.0001)]
    [InlineData("  7  ", 7)]
    [InlineData("\t7\t", 7)]
    [InlineData("Sun, 01 Mar 2026 12:00:20 GMT", 20)]
    [InlineData("Sunday, 01-Mar-26 12:00:20 GMT", 20)]
    [InlineData("Sun Mar  1 12:00:20 2026", 20)]
    [InlineData("  Sun, 01 Mar 2026 12:00:20 GMT ", 20)]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT", 0)]
    [InlineData("Sun, 01 Mar 2020 12:00:20 GMT", 0)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [InlineData("1772366420", 20)]
    [InlineData("1772366420.25", 20.25)]
    [InlineData("1772366420000", 20)]
    [InlineData("1772366399", 0)]
    public async Task SendAsync_AWaitThatIsShortEnough_IsWaited(string text, double seconds)
    {
        (WebhookResult result, int requests) = await SendAsync(text);

        Assert.Equal((WebhookFailure.None, 2), (result.Failure, requests));
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Attempts[0].NextDelay);
    }

    [Theory]
    [InlineData("30.001", 30.001)]
    [InlineData("31", 31)]
    [InlineData("3600", 3_600)]
    [InlineData("86400", 86_400)]
    [InlineData("86401", 86_400)]
    [InlineData("999999999", 86_400)]
    [InlineData("99999999999999999999", 86_400)]
    [InlineData("Sun, 01 Mar 2026 13:00:00 GMT", 3_600)]
    [InlineData("Sun, 01 Mar 2099 12:00:00 GMT", 86_400)]
    [InlineData("1772370000", 3_600)]
    [InlineData("9999999999", 86_400)]
    public async Task SendAsync_AWaitThatIsTooLong_EndsThrottledAndIsTold(string text, double seconds)
    {
        (WebhookResult result, int requests) = await SendAsync(text);

        Assert.Equal((WebhookFailure.Throttled, 1), (result.Failure, requests));
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.RetryAfter);
    }

    // The schedule's own first wait is 200 milliseconds, give or take half.
    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1,5")]
    [InlineData("5, 10")]
    [InlineData("5;10")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("5s")]
    [InlineData("5 seconds")]
    [InlineData("5 5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("null")]
    [InlineData("5\r\nRetry-After: 10")]
    [InlineData("PT5S")]
    [InlineData("00:00:05")]
    [InlineData("2026-03-01T12:00:20Z")]
    [InlineData("Mon, 01 Mar 2026 12:00:20 GMT")]
    [InlineData("Sun, 01 Mar 2026 25:00:20 GMT")]
    [InlineData("Sun, 01 Mar 2026 12:00:20 CET")]
    [InlineData("Sun, 01 Mar 2026")]
    [InlineData("\u00e9\u20ac")]
    public async Task SendAsync_NoSense_FollowsTheSchedule(string text)
    {
        (WebhookResult result, int requests) = await SendAsync(text);

        Assert.Equal((WebhookFailure.None, 2), (result.Failure, requests));
        Assert.InRange(result.Attempts[0].NextDelay!.Value.TotalMilliseconds, 100, 300);
    }

    private static async Task<(WebhookResult Result, int Requests)> SendAsync(string text)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(429, headers: $"Retry-After: {text}\r\n"), LoopbackServer.Response(200));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).WithText("x", "text/plain").Build());
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);

        return (await sending, server.Requests.Count);
    }
}
