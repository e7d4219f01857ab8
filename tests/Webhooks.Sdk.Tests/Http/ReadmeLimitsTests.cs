using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>The limits that README.md shows.</summary>
public sealed class ReadmeLimitsTests
{
    [Fact]
    public async Task SendAsync_LimitsOfTheReadMe_Hold()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        string url = server.Url;

        // <limits>
        var endpoint = new WebhookEndpoint(url)
        {
            Limits = new WebhookLimits
            {
                MaxConcurrency = 4,                       // at once
                Rate = WebhookRate.PerMinute(120),        // evenly spaced, unless Burst says otherwise
                MaxWait = TimeSpan.FromSeconds(10),       // for a turn; it does not count against the attempt's time-out
                CircuitBreaker = new WebhookCircuitBreaker { BreakDuration = TimeSpan.FromMinutes(1) },
            },
        };
        // </limits>

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Post(url).WithEndpoint(endpoint).Build());

        Assert.True(result.Succeeded);
        Assert.Equal((TimeSpan.FromMilliseconds(500), 0.5, 10), (endpoint.Limits.Rate!.Interval, endpoint.Limits.CircuitBreaker!.FailureRatio, endpoint.Limits.CircuitBreaker.MinimumThroughput));
        Assert.Equal(
            (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)),
            (new WebhookCircuitBreaker().SamplingDuration, new WebhookCircuitBreaker().BreakDuration, new WebhookLimits().MaxWait));
    }
}
