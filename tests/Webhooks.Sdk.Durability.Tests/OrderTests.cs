using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>The order of an endpoint through failures, applications that take over, and replay. Kills are in <see cref="KillTests"/>.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Replay_OfARefusedDeliveryAfterATakeover_KeepsTheOrderOfFirstSends()
    {
        using var database = new SqliteDatabase();
        await AssertKeepsOrderAsync(database);
    }

    internal static async Task AssertKeepsOrderAsync(Database database)
    {
        var refused = new HashSet<string> { "evt-3" };
        int requests = 0;
        await using var log = new ReceiverLog { Status = arrival => refused.Contains(arrival.EventId) ? 400 : ++requests % 3 == 0 ? 503 : 200 };
        await database.PrepareAsync(("ordered", log.UrlOf("ordered"), true));

        await using (ServiceProvider first = database.Open())
        {
            await first.PublishAsync(first: 1, count: 5);
            await first.Dispatcher().DrainAsync();
        }

        refused.Clear();
        await using ServiceProvider second = database.Open(options => options.PollInterval = TimeSpan.FromMilliseconds(20));
        await second.PublishAsync(first: 6, count: 3);
        Assert.Equal(1, await second.Deliveries().ReplayDeadLettersAsync(new DeliveryQuery(), spread: TimeSpan.Zero));
        await second.PublishAsync(first: 9, count: 2);

        await using (second.Run())
        {
            await log.UntilAsync(arrivals => arrivals.Where(arrival => arrival.Status == 200).Select(arrival => arrival.EventId).Distinct().Count() == 10, "all deliveries");
        }

        Arrival[] arrivals = log.Arrivals();
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"evt-{number}"), arrivals.Select(arrival => arrival.EventId).Distinct());
        Assert.Equal(10, arrivals.Count(arrival => arrival.Status == 200));

        // Whoever is refused or not well holds up those behind it, until it has arrived or is given up.
        Assert.All(arrivals.Zip(arrivals.Skip(1)), pair => Assert.True(pair.First.Status is 200 or 400 || pair.First.EventId == pair.Second.EventId));
        Assert.Empty(await second.Deliveries().ReadDeadLettersAsync(new DeliveryQuery()));
    }
}
