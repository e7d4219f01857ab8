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

        Assert.InRange(Average(first), 100, 200);
        Assert.InRange(Average(second), 200, 400);
        Assert.All(first, delay => Assert.InRange(delay.TotalMilliseconds, 0, 400));
        Assert.All(second, delay => Assert.InRange(delay.TotalMilliseconds, 0, 800));
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
        var failed = new AttemptOutcome
        {
            Request = WebhookRequest.Get("https://crm.example").Build(),
            Attempt = new WebhookAttempt(1, time.GetUtcNow(), TimeSpan.Zero, 503, WebhookFailure.ReceiverFailed, error: null),
            MayRetry = true,
        };

        Task sending = retries.For(attempts).ExecuteAsync(_ => ValueTask.FromResult(failed), CancellationToken.None).AsTask();
        return await time.RunDownDelaysAsync(sending, except: Timeout.InfiniteTimeSpan);
    }
}
