using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class DirectRetriesTests
{
    private const int Sends = 200;

    [Fact]
    public async Task For_ManySends_WaitsAbout200MillisecondsThenLongerAndNeverTheSame()
    {
        List<TimeSpan> first = [];
        List<TimeSpan> second = [];

        for (int i = 0; i < Sends; i++)
        {
            IReadOnlyList<TimeSpan> delays = await DelaysOfASendAsync(attempts: 3);
            first.Add(delays[0]);
            second.Add(delays[1]);
        }

        Assert.InRange(Average(first), 150, 250);
        Assert.InRange(Average(second), 300, 500);
        Assert.All(first, delay => Assert.InRange(delay.TotalMilliseconds, 99, 301));
        Assert.All(second, delay => Assert.InRange(delay.TotalMilliseconds, 199, 601));
        Assert.True(first.Distinct().Count() > Sends / 10, "The delays have no jitter.");

        static double Average(List<TimeSpan> delays) => delays.Average(delay => delay.TotalMilliseconds);
    }

    [Fact]
    public async Task For_TheMostAttempts_NeverWaitsAbove30Seconds()
    {
        IReadOnlyList<TimeSpan> delays = await DelaysOfASendAsync(attempts: 100);

        Assert.Equal(99, delays.Count);
        Assert.Equal(TimeSpan.FromSeconds(30), delays.Max());
    }

    private static async Task<IReadOnlyList<TimeSpan>> DelaysOfASendAsync(int attempts)
    {
        var time = new ManualTimeProvider();
        var retries = new DirectRetries(time, NullLogger<DirectRetries>.Instance);
        int made = 0;

        Task sending = retries.For(attempts).ExecuteAsync(_ => ValueTask.FromResult(Fail()), CancellationToken.None).AsTask();
        return await time.RunDownDelaysAsync(sending, except: Timeout.InfiniteTimeSpan);

        AttemptOutcome Fail()
        {
            var attempt = new WebhookAttempt(++made, time.GetUtcNow(), TimeSpan.Zero, 503, WebhookFailure.ReceiverFailed, error: null);
            return retries.Plan(new AttemptOutcome { Request = WebhookRequest.Get("https://crm.example").Build(), Attempt = attempt, MayRetry = true }, attempts, expiresAt: null);
        }
    }
}
