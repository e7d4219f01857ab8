using System;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class WebhookResultsTests
{
    [Theory]
    [InlineData(WebhookFailure.Rejected, 400)]
    [InlineData(WebhookFailure.ReceiverFailed, 503)]
    [InlineData(WebhookFailure.Throttled, 429)]
    [InlineData(WebhookFailure.Gone, 410)]
    [InlineData(WebhookFailure.Disabled, 503)]
    [InlineData(WebhookFailure.Undecided, 200)]
    [InlineData(WebhookFailure.Expired, null)]
    [InlineData(WebhookFailure.NotReceived, null)]
    [InlineData(WebhookFailure.ConnectionLost, null)]
    [InlineData(WebhookFailure.TimedOut, null)]
    [InlineData(WebhookFailure.BlockedAddress, null)]
    [InlineData(WebhookFailure.RequestTooLarge, null)]
    [InlineData(WebhookFailure.InvalidRequest, null)]
    public void Failed_EachFailure_HasItsUsualStatus(WebhookFailure failure, int? statusCode)
    {
        WebhookResult result = WebhookResults.Failed(failure);

        Assert.Equal((failure, statusCode, statusCode is null ? null : ""), result.Outcome());
        WebhookAttempt attempt = Assert.Single(result.Attempts);
        Assert.Equal((1, statusCode, failure, TimeSpan.Zero), (attempt.Number, attempt.StatusCode, attempt.Failure, attempt.Duration));
        Assert.Throws<WebhookException>(result.EnsureSucceeded);
    }

    [Fact]
    public void Failed_EveryFailureThatThereIs_IsKnown()
    {
        Assert.All(Enum.GetValues<WebhookFailure>()[1..], failure => Assert.Equal(failure, WebhookResults.Failed(failure).Failure));
    }

    [Fact]
    public void Throttled_TellsTheWait()
    {
        WebhookResult result = WebhookResults.Throttled(TimeSpan.FromMinutes(5));

        Assert.Equal((WebhookFailure.Throttled, 429, ""), result.Outcome());
        Assert.Equal(TimeSpan.FromMinutes(5), result.RetryAfter);
    }

    [Fact]
    public void Results_Misused_ThrowAtOnce()
    {
        Assert.Throws<ArgumentOutOfRangeException>("failure", () => WebhookResults.Failed(WebhookFailure.None));
        Assert.Throws<ArgumentOutOfRangeException>("failure", () => WebhookResults.Failed((WebhookFailure)99));
        Assert.Throws<ArgumentOutOfRangeException>("failure", () => WebhookResults.Failed(WebhookFailure.None, 200, ""));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => WebhookResults.Failed(WebhookFailure.Rejected, 199, ""));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => WebhookResults.Succeeded(300, ""));
        Assert.Throws<ArgumentNullException>("responseText", () => WebhookResults.Succeeded(200, null!));
        Assert.Throws<ArgumentOutOfRangeException>("retryAfter", () => WebhookResults.Throttled(TimeSpan.FromTicks(-1)));
    }
}
