using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Clocks that are wrong: an application's, and the database's.</summary>
public sealed class ClockTests
{
    [StoreTheory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Run_ApplicationWhoseClockIsWrong_RetriesWhenTheDatabasesClockSaysSo(int minutes)
    {
        var delay = TimeSpan.FromSeconds(2);
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        await using var log = new ReceiverLog();
        int requests = 0;
        log.Status = _ => ++requests == 1 ? 503 : 200;
        var time = new SteppedTime();
        time.Step(TimeSpan.FromMinutes(minutes));
        await using ServiceProvider wrong = database.Open(Quick, time);
        await using ServiceProvider right = database.Open(Quick);
        await wrong.SubscribeAsync("acme", log.UrlOf("acme"), schedule: RetrySchedule.Of(delay, delay, delay).WithJitter(0));

        await using (wrong.Run())
        await using (right.Run())
        {
            await wrong.PublishAsync(first: 1, count: 1);
            await log.UntilAsync(static arrivals => arrivals.Length == 2, "a retry");
        }

        Arrival[] arrivals = log.Arrivals();
        Assert.Equal(2, arrivals.Length);

        // Not early; late by the time that a busy machine takes.
        Assert.InRange(Stopwatch.GetElapsedTime(arrivals[0].Timestamp, arrivals[1].Timestamp), delay - TimeSpan.FromMilliseconds(50), delay + TimeSpan.FromSeconds(3));
    }

    [StoreFact]
    public async Task Run_TwoApplicationsWhileTheDatabasesClockIsSet_LoseNothingAndKeepTheOrder()
    {
        const int Batch = 20;
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        await using var log = new ReceiverLog();
        await database.PrepareAsync([("ordered", log.UrlOf("ordered"), true), ("other", log.UrlOf("other"), false)]);
        await using ServiceProvider first = database.Open(Quick);
        await using ServiceProvider second = database.Open(Quick);
        int published = 0;
        TimeSpan offset = TimeSpan.Zero;

        await using (first.Run())
        await using (second.Run())
        {
            // Ahead: what is leased runs out at once. Back: it runs out late, and its holder goes on.
            foreach (int minutes in new[] { 0, 10, -20, 10 })
            {
                offset += TimeSpan.FromMinutes(minutes);

                // What was due when the clock was set back is due when it is that late again; so nothing waits then.
                if (minutes < 0)
                {
                    await database.UntilNoneAsync("webhooks_delivery");
                    await database.SetClockAsync(offset);
                }

                await first.PublishAsync(published, Batch);
                await database.SetClockAsync(offset);
                await second.PublishAsync(published + Batch, Batch);
                published += 2 * Batch;
                await log.UntilAsync(arrivals => arrivals.Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count() == 2 * published, "all deliveries");
            }

            await database.UntilNoneAsync("webhooks_delivery");
        }

        Assert.Equal(2 * published, await database.CountAsync("webhooks_attempt"));
        Assert.Equal(0, await database.CountDoubledAsync());
        Assert.Equal(
            Enumerable.Range(0, published).Select(static number => $"evt-{number}"),
            log.Arrivals().Where(static arrival => arrival.Endpoint == "ordered").Select(static arrival => arrival.EventId).Distinct());
    }

    private static void Quick(WebhookOutboxOptions options) => options.LeaseDuration = TimeSpan.FromSeconds(1);
}
