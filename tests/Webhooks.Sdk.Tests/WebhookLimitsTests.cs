using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookLimitsTests
{
    [Fact]
    public void Limits_ByDefault_HoldNothingBack()
    {
        var limits = new WebhookLimits();

        Assert.Equal((null, null, null, TimeSpan.FromSeconds(30)), (limits.MaxConcurrency, limits.Rate, limits.CircuitBreaker, limits.MaxWait));
        Assert.False(limits.ShareLane);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void MaxConcurrency_OutsideItsRange_IsRefused(int value, bool isValid)
    {
        Check(isValid, () => new WebhookLimits { MaxConcurrency = value });
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    public void MaxWait_OutsideItsRange_IsRefused(int milliseconds, bool isValid)
    {
        Check(isValid, () => new WebhookLimits { MaxWait = TimeSpan.FromMilliseconds(milliseconds) });
    }

    [Theory]
    [InlineData(0, 1, 1, false)]
    [InlineData(1, 1, 1, true)]
    [InlineData(1_000_000, 86_400, 1_000_000, true)]
    [InlineData(1_000_001, 1, 1, false)]
    [InlineData(1, 0, 1, false)]
    [InlineData(1, 86_401, 1, false)]
    [InlineData(1, 1, 0, false)]
    [InlineData(1, 1, 1_000_001, false)]
    public void Rate_OutsideItsRange_IsRefused(int attempts, int seconds, int burst, bool isValid)
    {
        Check(isValid, () => new WebhookRate(attempts, TimeSpan.FromSeconds(seconds)) { Burst = burst });
    }

    [Theory]
    [InlineData(0.01, 2, 500, true)]
    [InlineData(1, 1_000_000, 86_400_000, true)]
    [InlineData(0.009, 2, 500, false)]
    [InlineData(1.001, 2, 500, false)]
    [InlineData(double.NaN, 2, 500, false)]
    [InlineData(1, 1, 500, false)]
    [InlineData(1, 1_000_001, 500, false)]
    [InlineData(1, 2, 499, false)]
    [InlineData(1, 2, 86_400_001, false)]
    public async Task CircuitBreaker_OutsideItsRange_IsRefusedAndWithinWorks(double ratio, int throughput, int milliseconds, bool isValid)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        Check(isValid, () => new WebhookCircuitBreaker { FailureRatio = ratio, MinimumThroughput = throughput, SamplingDuration = time, BreakDuration = time });

        if (isValid)
        {
            await using var server = LoopbackServer.Start(200);
            await using ServiceProvider provider = TestHost.Create();
            var breaker = new WebhookCircuitBreaker { FailureRatio = ratio, MinimumThroughput = throughput, SamplingDuration = time, BreakDuration = time };
            var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { CircuitBreaker = breaker } };

            Assert.True((await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).WithEndpoint(endpoint).Build())).Succeeded);
        }
    }

    private static void Check(bool isValid, Func<object> create)
    {
        Exception? refusal = Record.Exception(() => create());

        Assert.Equal(isValid, refusal is null);
        Assert.True(refusal is null or ArgumentOutOfRangeException);
    }
}
