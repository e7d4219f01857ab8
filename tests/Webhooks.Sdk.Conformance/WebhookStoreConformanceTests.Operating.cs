using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Conformance;

public abstract partial class WebhookStoreConformanceTests
{
    [StoreFact]
    public async Task AddEndpoint_EveryField_IsReadBack()
    {
        StoredEndpoint endpoint = NewEndpoint("a", "acme", ordered: true, "x", "y.*") with { Filter = "{\"a\":1}"u8.ToArray() };

        Assert.True(await Operations.AddEndpointAsync(endpoint));
        Assert.False(await Operations.AddEndpointAsync(NewEndpoint("a")));

        StoredEndpoint read = await ReadEndpointAsync("a");
        Assert.Equal(("acme", "x,y.*", true, true), (read.Owner, string.Join(',', read.EventTypes), read.Ordered, read.HasLane));
        Assert.Equal(endpoint.Filter.ToArray(), read.Filter.ToArray());
        Assert.Equal(endpoint.SealedSettings.ToArray(), read.SealedSettings.ToArray());
        Assert.Equal((WebhookEndpointState.Active, Now), (read.State, read.CreatedAt));
    }

    [StoreFact]
    public async Task ReplaceEndpoint_OfTheVersionThatWasRead_IsSeenByWhatWaits()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        long version = (await ReadEndpointAsync("a")).Version;

        bool replaced = await Operations.ReplaceEndpointAsync(
            NewEndpoint("a", "acme", types: "x") with { Version = version, SealedSettings = new byte[] { 9 }, Filter = new byte[] { 8 } });
        bool again = await Operations.ReplaceEndpointAsync(NewEndpoint("a") with { Version = version });

        StoredEndpoint read = await ReadEndpointAsync("a");
        Assert.Equal((true, false), (replaced, again));
        Assert.Equal(("acme", "x", 9, 8, version + 1), (read.Owner, read.EventTypes.Single(), read.SealedSettings.Span[0], read.Filter.Span[0], read.Version));
        Assert.Equal(version + 1, (await DueAsync()).EndpointVersion);
    }

    [StoreFact]
    public async Task FindEndpoint_IsTheOwnersOnly()
    {
        Assert.True(await Operations.AddEndpointAsync(NewEndpoint("a", "acme", types: "x")));
        await AddEndpointsAsync("b");

        Assert.Equal("x", (await Operations.FindEndpointAsync("acme", "a"))?.EventTypes.Single());
        Assert.Null(await Operations.FindEndpointAsync("globex", "a"));
        Assert.Null(await Operations.FindEndpointAsync("Acme", "a"));
        Assert.Null(await Operations.FindEndpointAsync("acme", "b"));
        Assert.Null(await Operations.FindEndpointAsync("acme", "c"));
    }

    [StoreFact]
    public async Task RemoveEndpoint_OfAnOwner_RemovesNobodyElses()
    {
        Assert.True(await Operations.AddEndpointAsync(NewEndpoint("a", "acme", types: "x")));
        await AddEndpointsAsync("b");
        await DeliverToAsync("a");

        Assert.False(await Operations.RemoveEndpointAsync("globex", "a"));
        Assert.False(await Operations.RemoveEndpointAsync("acme", "b"));
        Assert.True(await Operations.RemoveEndpointAsync("acme", "a"));
        Assert.False(await Operations.RemoveEndpointAsync("acme", "a"));

        StoreStatistics statistics = await Operations.ReadStatisticsAsync();
        Assert.Equal((0L, 1L), (statistics.Waiting, statistics.Endpoints));
        Assert.Empty(await Store.ReadSubscribersAsync(new[] { new SubscriberQuery("acme", ["x"], After: null) }, default, 10));
    }

    [StoreFact]
    public async Task AddEndpoint_UnderTheIdOfOneThatWasRemoved_HasAVersionThatNobodyRemembers()
    {
        await AddEndpointsAsync("a");
        await Store.SetEndpointStateAsync("a", WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked);
        long last = (await ReadEndpointAsync("a")).Version;
        await Operations.RemoveEndpointAsync("a");

        await AddEndpointsAsync("a");

        Assert.True((await ReadEndpointAsync("a")).Version > last);
    }

    [StoreFact]
    public async Task RemoveEndpoint_LeavesNothingOfIt()
    {
        await AddEndpointsAsync("a", "b");
        StoredEvent added = NewEvent();
        await AppendAsync(added);
        await FanOutAsync(added, "a", "b");
        IReadOnlyList<DueDelivery> due = await ReadDueAsync();
        await DeliverToAsync("a");
        await CommitAsync(GivenUp(due.Single(delivery => delivery.EndpointId == "a")));

        Assert.True(await Operations.RemoveEndpointAsync("a"));
        Assert.False(await Operations.RemoveEndpointAsync("a"));

        StoreStatistics statistics = await Operations.ReadStatisticsAsync();
        Assert.Equal((1L, 0L, 0L, 1L), (statistics.Waiting, statistics.DeadLetters, statistics.Attempts, statistics.Endpoints));
        Assert.Equal("b", (await DueAsync()).EndpointId);
    }

    [StoreFact]
    public async Task ListEndpoints_OfAnOwner_PageAfterPage()
    {
        foreach (string id in new[] { "b", "B", "a" })
        {
            await SubscribeAsync(id, "acme", "x");
        }

        await SubscribeAsync("c", "globex", "x");
        await SubscribeAsync("d", null, "x");

        Assert.Equal(["B", "a"], (await Operations.ListEndpointsAsync("acme", null, 2)).Select(endpoint => endpoint.Id));
        Assert.Equal(["b"], (await Operations.ListEndpointsAsync("acme", "a", 2)).Select(endpoint => endpoint.Id));
        Assert.Equal(["B", "a", "b", "c", "d"], (await Operations.ListEndpointsAsync(null, null, 10)).Select(endpoint => endpoint.Id));
    }

    [StoreFact]
    public async Task Read_ByEveryQuestion_GivesWhatFits()
    {
        await AddEndpointsAsync("a", "b");
        StoredEvent first = NewEvent("acme");
        await AppendAsync(first);
        await FanOutAsync(first, "a", "b");
        DateTimeOffset since = Now.AddMinutes(1);
        _time.Advance(Minute);
        await DeliverToAsync("a", NewEvent("globex"));
        IReadOnlyList<DueDelivery> due = await ReadDueAsync();

        Assert.Equal(due.Select(delivery => delivery.Id).Order(), Ids(await Operations.ReadWaitingAsync(new DeliveryQuery())));
        Assert.Equal([due[0].Id], Ids(await Operations.ReadWaitingAsync(new DeliveryQuery { EventId = first.Id, EndpointId = "a" })));
        Assert.Equal([due[1].Id], Ids(await Operations.ReadWaitingAsync(new DeliveryQuery { DeliveryId = due[1].Id })));
        Assert.Equal([due[2].Id], Ids(await Operations.ReadWaitingAsync(new DeliveryQuery { Since = since })));
        Assert.Equal([due[2].Id], Ids(await Operations.ReadWaitingAsync(new DeliveryQuery { Owner = "globex" })));
        Assert.Equal([due[1].Id], Ids(await Operations.ReadWaitingAsync(new DeliveryQuery { After = due[0].Id, Limit = 1 })));

        await CommitAsync([.. due.Select(delivery => GivenUp(delivery))]);

        Assert.Equal([due[0].Id, due[1].Id], Ids(await Operations.ReadDeadLettersAsync(new DeliveryQuery { Owner = "acme" })));
        Assert.Equal([due[1].Id], Ids(await Operations.ReadDeadLettersAsync(new DeliveryQuery { EndpointId = "b", Since = Now })));
        Assert.Empty(await Operations.ReadDeadLettersAsync(new DeliveryQuery { Since = Now.AddMinutes(1) }));
        Assert.Equal([due[2].Id], (await Operations.ReadAttemptsAsync(new DeliveryQuery { Owner = "globex" })).Select(attempt => attempt.DeliveryId));
        Assert.Equal([due[0].Id, due[1].Id], (await Operations.ReadAttemptsAsync(new DeliveryQuery { EventId = first.Id, Since = Now })).Select(attempt => attempt.DeliveryId).Order());
        Assert.Equal([due[1].Id], (await Operations.ReadAttemptsAsync(new DeliveryQuery { DeliveryId = due[1].Id, EndpointId = "b" })).Select(attempt => attempt.DeliveryId));
        RecordedAttempt firstAttempt = (await Operations.ReadAttemptsAsync(new DeliveryQuery { Limit = 1 }))[0];
        Assert.Equal(2, (await Operations.ReadAttemptsAsync(new DeliveryQuery { After = firstAttempt.Id })).Count);
    }

    [StoreFact]
    public async Task Replay_ADeadLetterAndAFinishedDelivery_BecomeNewDeliveriesThatDoNotCount()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        await DeliverToAsync("a");
        IReadOnlyList<DueDelivery> due = await ReadDueAsync();
        await CommitAsync(GivenUp(due[0]), Delivered(due[1]));

        int replayed = await Operations.ReplayAsync(new[] { due[0].Id, due[1].Id, 999_999 }, TimeSpan.Zero);

        IReadOnlyList<DueDelivery> again = await ReadDueAsync();
        Assert.Equal((2, 2), (replayed, again.Count));
        Assert.Equal(due.Select(delivery => delivery.EventKey), again.OrderBy(delivery => delivery.Id).Select(delivery => delivery.EventKey));
        Assert.All(again, delivery => Assert.Equal((0, false, true), (delivery.Attempt, delivery.CountsForHealth, delivery.Id > due[1].Id)));
        Assert.Empty(await Operations.ReadDeadLettersAsync(new DeliveryQuery()));
        Assert.Equal(2, (await Operations.ReadAttemptsAsync(new DeliveryQuery())).Count);
    }

    [StoreFact]
    public async Task Replay_AWaitingDelivery_IsDueNow()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        DueDelivery delivery = await DueAsync();
        await CommitAsync(Failed(delivery, Minute));

        await Operations.ReplayAsync(new[] { delivery.Id }, TimeSpan.Zero);

        Assert.Equal((delivery.Id, 1, true), ((await DueAsync()).Id, (await DueAsync()).Attempt, (await DueAsync()).CountsForHealth));
    }

    [StoreFact]
    public async Task Replay_WakesWhoWaits()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        DueDelivery delivery = await DueAsync();
        await CommitAsync(GivenUp(delivery));
        await Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        await Operations.ReplayAsync(new[] { delivery.Id }, TimeSpan.Zero);

        await Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Single(await ReadDueAsync());
    }

    [StoreFact]
    public async Task ReplayDeadLetters_SinceATimeSpreadOverAnother_OldestFirst()
    {
        await AddEndpointsAsync("a", "b");
        await DeliverToAsync("a");
        await CommitAsync(GivenUp(await DueAsync()));
        _time.Advance(Minute);
        DateTimeOffset since = Now;

        foreach (string id in new[] { "a", "b", "a", "a" })
        {
            await DeliverToAsync(id);
            await CommitAsync(GivenUp(await DueAsync()));
        }

        int first = await Operations.ReplayDeadLettersAsync(new DeliveryQuery { EndpointId = "a", Since = since, Limit = 2 }, Minute);
        int second = await Operations.ReplayDeadLettersAsync(new DeliveryQuery { EndpointId = "a", Since = since, Limit = 2 }, Minute);

        IReadOnlyList<StoredDelivery> waiting = await Operations.ReadWaitingAsync(new DeliveryQuery());
        Assert.Equal((2, 1, 3), (first, second, waiting.Count));
        Assert.All(waiting, delivery => Assert.InRange(delivery.At, since, since + Minute));
        Assert.Equal(["a", "b"], (await Operations.ReadDeadLettersAsync(new DeliveryQuery())).Select(dead => dead.EndpointId).Order());
    }

    [StoreFact]
    public async Task Replay_ToAnOrderedEndpoint_GoesToTheEndOfItsLane()
    {
        await Operations.AddEndpointAsync(NewEndpoint("a", ordered: true));
        await DeliverToAsync("a");
        await DeliverToAsync("a");
        IReadOnlyList<DueDelivery> lane = await ReadLaneAsync("a");
        await CommitAsync(GivenUp(lane[0]));

        await Operations.ReplayAsync(new[] { lane[0].Id }, TimeSpan.Zero);

        Assert.Equal([lane[1].EventKey, lane[0].EventKey], (await ReadLaneAsync("a")).Select(delivery => delivery.EventKey));
        Assert.Empty(await ReadDueAsync());
    }

    [StoreFact]
    public async Task Erase_AnOwner_LeavesNothingOfIt()
    {
        await AddEndpointsAsync("shared");
        await SubscribeAsync("s1", "acme", "*");
        await DeliverToAsync("shared", NewEvent("acme"));
        await CommitAsync(GivenUp(await DueAsync()));
        await DeliverToAsync("s1", NewEvent("acme"));
        StoredEvent other = await DeliverToAsync("shared", NewEvent("globex"));
        await AppendAsync(NewEvent("acme"));

        int erased = await Operations.EraseAsync("acme", subject: null);

        StoreStatistics statistics = await Operations.ReadStatisticsAsync();
        Assert.Equal(4, erased);
        Assert.Equal((1L, 0L, 1L, 0L, 0L, 1L), (statistics.Events, statistics.PendingEvents, statistics.Waiting, statistics.DeadLetters, statistics.Attempts, statistics.Endpoints));
        Assert.Equal(other.Key, (await DueAsync()).EventKey);
    }

    [StoreFact]
    public async Task Erase_ASubject_LeavesTheRest()
    {
        await SubscribeAsync("s1", "acme", "*");
        await DeliverToAsync("s1", NewEvent("acme", subject: "user_1"));
        StoredEvent other = await DeliverToAsync("s1", NewEvent("acme", subject: "user_2"));
        await DeliverToAsync("s1", NewEvent("globex", subject: "user_1"));

        int ofOwner = await Operations.EraseAsync("acme", "user_1");
        int ofAll = await Operations.EraseAsync(null, "user_1");

        Assert.Equal((1, 1), (ofOwner, ofAll));
        Assert.Equal(other.Key, (await DueAsync()).EventKey);
        Assert.Equal(1, (await Operations.ReadStatisticsAsync()).Endpoints);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Operations.EraseAsync(null, null));
    }

    [StoreFact]
    public async Task Erase_ThenPublishedAgain_IsANewEvent()
    {
        await AppendAsync(NewEvent("acme", key: "k"));
        await Operations.EraseAsync("acme", null);
        StoredEvent again = NewEvent("acme", key: "k");

        Assert.Equal(again.Id, (await Store.AppendAsync(new[] { again }))[0].Id);
    }

    [StoreFact]
    public async Task Purge_DeletesWhatIsDoneAndOldAndNothingElse()
    {
        TimeSpan day = TimeSpan.FromDays(1);
        await AddEndpointsAsync("a", "b");
        StoredEvent waiting = await DeliverToAsync("b");
        StoredEvent dead = await DeliverToAsync("a");
        StoredEvent done = await DeliverToAsync("a");
        StoredEvent pending = NewEvent();
        await AppendAsync(pending);
        Dictionary<Guid, DueDelivery> due = (await ReadDueAsync()).ToDictionary(delivery => delivery.EventKey);
        await CommitAsync(GivenUp(due[dead.Key]), Delivered(due[done.Key]));

        _time.Advance(day - TimeSpan.FromMilliseconds(1));
        int early = await Operations.PurgeAsync(day, 3 * day, 10);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        int afterADay = await Operations.PurgeAsync(day, 3 * day, 10);
        StoreStatistics left = await Operations.ReadStatisticsAsync();
        _time.Advance(2 * day);
        int afterThree = await Operations.PurgeAsync(day, 3 * day, 10);

        Assert.Equal((0, 1, 1), (early, afterADay, afterThree));
        Assert.Equal((3L, 1L, 1L), (left.Events, left.Attempts, left.DeadLetters));
        StoreStatistics end = await Operations.ReadStatisticsAsync();
        Assert.Equal((2L, 0L, 0L, 1L, 1L), (end.Events, end.Attempts, end.DeadLetters, end.Waiting, end.PendingEvents));
        Assert.Equal(waiting.Key, (await DueAsync()).EventKey);
        Assert.Equal(pending.Key, Assert.Single(await Store.ReadPendingAsync(10)).Event.Key);
    }

    [StoreFact]
    public async Task Purge_MoreThanTheLimit_SaysToCallAgain()
    {
        for (int i = 0; i < 5; i++)
        {
            StoredEvent added = NewEvent();
            await AppendAsync(added);
            await FanOutAsync(added);
        }

        Assert.Equal(3, await Operations.PurgeAsync(TimeSpan.Zero, TimeSpan.Zero, 3));
        Assert.Equal(2, await Operations.PurgeAsync(TimeSpan.Zero, TimeSpan.Zero, 3));
        Assert.Equal(0, (await Operations.ReadStatisticsAsync()).Events);
    }

    [StoreFact]
    public async Task ReadStatistics_CountsEverything()
    {
        Assert.Equal(default(StoreStatistics), await Operations.ReadStatisticsAsync());
        await AddEndpointsAsync("a", "lane");
        await Store.MoveToLaneAsync("lane", ReadOnlyMemory<long>.Empty);
        await DeliverToAsync("a");
        await DeliverToAsync("lane");
        await DeliverToAsync("a", NewEvent() with { NotBefore = Now.AddDays(1) });
        await AppendAsync(NewEvent());
        await CommitAsync(Failed(Assert.Single(await ReadLaneAsync("lane")), Minute));

        _time.Advance(Minute);

        Assert.Equal(new StoreStatistics(4, 1, 3, 1, 0, 1, 2, Minute), await Operations.ReadStatisticsAsync());
    }

    private static IEnumerable<long> Ids(IReadOnlyList<StoredDelivery> deliveries) => deliveries.Select(delivery => delivery.Id);
}
