using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>The clock that the store asks is set while events are delivered.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task Drain_ClockSetBackAndForth_RetriesWhenTheStoresClockSaysSo()
    {
        using var database = new SqliteDatabase();
        await using var log = new ReceiverLog { Status = static _ => 503 };
        var time = new SteppedTime();
        await using ServiceProvider application = database.Open(time: time);
        await application.SubscribeAsync("acme", log.UrlOf("acme"), schedule: RetrySchedule.Of(Enumerable.Repeat(TimeSpan.FromHours(1), 5)).WithJitter(0));
        await application.PublishAsync(first: 1, count: 1);

        await DrainAsync(TimeSpan.Zero, expected: 1);
        await DrainAsync(TimeSpan.FromMinutes(-10), expected: 1);
        await DrainAsync(TimeSpan.FromMinutes(69), expected: 1);
        await DrainAsync(TimeSpan.FromMinutes(1), expected: 2);

        async Task DrainAsync(TimeSpan step, int expected)
        {
            time.Step(step);
            await application.Dispatcher().DrainAsync();
            Assert.Equal(expected, log.Arrivals().Length);
        }
    }

    [Fact]
    public async Task Run_TwoWorkersWhileTheClockIsSet_LoseNothingAndKeepTheOrder()
    {
        const int Batch = 20;
        using var database = new SqliteDatabase();
        await using var log = new ReceiverLog();
        await database.PrepareAsync([("ordered", log.UrlOf("ordered"), true), ("other", log.UrlOf("other"), false)]);
        var time = new SteppedTime();
        await using ServiceProvider first = database.Open(Quick, time);
        await using ServiceProvider second = database.Open(Quick, time);
        int published = 0;

        await using (first.Run())
        await using (second.Run())
        {
            // Ahead: what is leased runs out at once. Back: it runs out late, and its holder goes on.
            foreach (int minutes in new[] { 0, 10, -20, 10 })
            {
                // What was due when the clock was set back is due when it is that late again; so nothing waits then.
                if (minutes < 0)
                {
                    time.Step(TimeSpan.FromMinutes(minutes));
                }

                await first.PublishAsync(published, Batch);
                time.Step(TimeSpan.FromMinutes(Math.Max(0, minutes)));
                await second.PublishAsync(published + Batch, Batch);
                published += 2 * Batch;
                await log.UntilAsync(arrivals => arrivals.Select(arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count() == 2 * published, "all deliveries");
            }
        }

        Assert.Equal(2 * published, await database.CountAsync("webhooks_attempt"));
        Assert.Equal(
            Enumerable.Range(0, published).Select(number => $"evt-{number}"),
            log.Arrivals().Where(arrival => arrival.Endpoint == "ordered").Select(arrival => arrival.EventId).Distinct());
    }

    private static void Quick(WebhookOutboxOptions options) => options.LeaseDuration = TimeSpan.FromSeconds(1);
}
