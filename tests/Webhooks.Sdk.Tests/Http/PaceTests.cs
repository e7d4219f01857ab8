using System;
using System.Collections.Generic;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class PaceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Pace _pace;

    public PaceTests()
    {
        _pace = new Pace(_time);
    }

    [Theory]
    [InlineData(1, "0 500 1000 1500 2000")]
    [InlineData(3, "0 0 0 500 1000")]
    public void TryTake_ManyAtOnce_AreSpacedAfterTheBurst(int burst, string expected)
    {
        var rate = new WebhookRate(120, TimeSpan.FromMinutes(1)) { Burst = burst };
        var waits = new List<double>();

        for (int i = 0; i < 5; i++)
        {
            Assert.True(_pace.TryTake(rate, TimeSpan.FromMinutes(1), out TimeSpan wait));
            waits.Add(wait.TotalMilliseconds);
        }

        Assert.Equal(expected, string.Join(' ', waits));
    }

    [Fact]
    public void TryTake_FurtherAwayThanAllowed_TakesNothingAndSaysWhen()
    {
        WebhookRate rate = WebhookRate.PerSecond(2);
        Assert.True(_pace.TryTake(rate, TimeSpan.Zero, out _));

        Assert.False(_pace.TryTake(rate, TimeSpan.FromMilliseconds(499), out TimeSpan first));
        Assert.False(_pace.TryTake(rate, TimeSpan.FromMilliseconds(499), out TimeSpan second));

        Assert.Equal((500, 500), (first.TotalMilliseconds, second.TotalMilliseconds));
        _time.Advance(first);
        Assert.True(_pace.TryTake(rate, TimeSpan.Zero, out _));
    }

    [Fact]
    public void TryTake_AfterALongRest_SavesUpNoMoreThanTheBurst()
    {
        var rate = new WebhookRate(1, TimeSpan.FromSeconds(1)) { Burst = 2 };
        Assert.True(_pace.TryTake(rate, TimeSpan.Zero, out _));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(_pace.TryTake(rate, TimeSpan.Zero, out _));
        Assert.True(_pace.TryTake(rate, TimeSpan.Zero, out _));
        Assert.False(_pace.TryTake(rate, TimeSpan.Zero, out _));
    }

    [Fact]
    public void GiveBack_TurnThatNobodyUsed_GoesToTheNext()
    {
        WebhookRate rate = WebhookRate.PerSecond(1);
        _pace.TryTake(rate, TimeSpan.Zero, out _);
        Assert.True(_pace.TryTake(rate, TimeSpan.FromMinutes(1), out TimeSpan unused));

        _pace.GiveBack();

        Assert.True(_pace.TryTake(rate, TimeSpan.FromMinutes(1), out TimeSpan wait));
        Assert.Equal(unused, wait);
    }

    [Fact]
    public void TryTake_FasterRateThanBefore_CountsFromNow()
    {
        Assert.True(_pace.TryTake(new WebhookRate(1, TimeSpan.FromDays(1)), TimeSpan.Zero, out _));

        Assert.True(_pace.TryTake(WebhookRate.PerSecond(1), TimeSpan.FromSeconds(1), out TimeSpan wait));

        Assert.Equal(TimeSpan.FromSeconds(1), wait);
    }
}
