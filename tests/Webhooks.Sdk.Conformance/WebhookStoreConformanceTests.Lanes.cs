using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Conformance;

public abstract partial class WebhookStoreConformanceTests
{
    [StoreFact]
    public async Task MoveToLane_TakesDeliveriesOutOfTheWay()
    {
        await AddEndpointsAsync("a", "b");
        await DeliverToAsync("a");
        await DeliverToAsync("a");
        await DeliverToAsync("b");
        long[] ids = [.. (await ReadDueAsync()).Select(delivery => delivery.Id)];

        await Store.MoveToLaneAsync("a", ids);

        Assert.Equal("b", (await DueAsync()).EndpointId);
        Assert.Equal(ids[..2], (await ReadLaneAsync("a")).Select(delivery => delivery.Id));
        Assert.Empty(await ReadLaneAsync("b"));
        Assert.True((await ReadEndpointAsync("a")).HasLane);
        Assert.Equal(
            [new WaitingLane("a", BucketLease.BucketOf("a"), Ordered: false, IsDue: true)],
            (await ReadLanesAsync()).Select(static lane => lane with { Start = default }));
    }

    [StoreFact]
    public async Task FanOut_ToAnEndpointWithALane_BeginsThere()
    {
        await AddEndpointsAsync("a");
        await Store.MoveToLaneAsync("a", ReadOnlyMemory<long>.Empty);

        await DeliverToAsync("a");

        Assert.Empty(await ReadDueAsync());
        Assert.Single(await ReadLaneAsync("a"));
        Assert.Equal(1, (await Operations.ReadStatisticsAsync()).InLanes);
    }

    [StoreFact]
    public async Task Commit_RetryInALane_StaysThereUntilItIsDue()
    {
        await AddEndpointsAsync("a");
        await Store.MoveToLaneAsync("a", ReadOnlyMemory<long>.Empty);
        await DeliverToAsync("a");

        await CommitAsync(Failed(Assert.Single(await ReadLaneAsync("a")), Minute));
        IReadOnlyList<DueDelivery> before = await ReadLaneAsync("a");
        WaitingLane lane = Assert.Single(await ReadLanesAsync());
        _time.Advance(Minute);

        Assert.Empty(before);
        Assert.False(lane.IsDue);
        Assert.True(Assert.Single(await ReadLanesAsync()).IsDue);
        Assert.Equal(1, Assert.Single(await ReadLaneAsync("a")).Attempt);
        Assert.Empty(await ReadDueAsync());
    }

    [StoreFact]
    public async Task LeaveLane_OnlyWhenItIsEmptyAndTheEndpointNotOrdered()
    {
        await AddEndpointsAsync("a");
        await Operations.AddEndpointAsync(NewEndpoint("ordered", ordered: true));
        await Store.MoveToLaneAsync("a", ReadOnlyMemory<long>.Empty);
        await DeliverToAsync("a");

        bool whileWaiting = await Store.LeaveLaneAsync("a");
        await CommitAsync(Delivered(Assert.Single(await ReadLaneAsync("a"))));
        bool whenEmpty = await Store.LeaveLaneAsync("a");
        await DeliverToAsync("a");

        Assert.Equal((false, true), (whileWaiting, whenEmpty));
        Assert.Single(await ReadDueAsync());
        Assert.Empty(await ReadLanesAsync());
        Assert.False(await Store.LeaveLaneAsync("ordered"));
        Assert.True((await ReadEndpointAsync("ordered")).HasLane);
    }

    [StoreFact]
    public async Task ReadLanes_PausedDisabledOrInOtherBuckets_AreLeftOut()
    {
        await AddEndpointsAsync("a", "b", "c");

        foreach (string id in new[] { "a", "b", "c" })
        {
            await Store.MoveToLaneAsync(id, ReadOnlyMemory<long>.Empty);
            await DeliverToAsync(id);
        }

        await Store.SetEndpointStateAsync("a", WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked);
        await Store.SetEndpointStateAsync("b", WebhookEndpointState.Disabled, WebhookEndpointStateCause.Gone);

        Assert.Equal("c", Assert.Single(await ReadLanesAsync()).EndpointId);
        Assert.Empty((await Store.ReadLanesAsync(new[] { (BucketLease.BucketOf("c") + 1) % BucketLease.EndpointBuckets }, after: 0)).Lanes);
        await Store.SetEndpointStateAsync("a", WebhookEndpointState.Active, WebhookEndpointStateCause.None);
        Assert.Equal(["a", "c"], (await ReadLanesAsync()).Select(lane => lane.EndpointId).Order());
    }

    [StoreFact]
    public async Task ReadLanes_AfterTheLast_GivesThoseThatSomethingCameTo()
    {
        await AddEndpointsAsync("parked", "paused");
        await Operations.AddEndpointAsync(NewEndpoint("ordered", ordered: true));
        await Store.MoveToLaneAsync("parked", ReadOnlyMemory<long>.Empty);
        await Store.MoveToLaneAsync("paused", ReadOnlyMemory<long>.Empty);
        await DeliverToAsync("parked");
        await DeliverToAsync("ordered");
        LaneReading first = await Store.ReadLanesAsync(AllBuckets, after: 0);
        bool canLeaveOut = first.Last > 0;

        LaneReading again = await Store.ReadLanesAsync(AllBuckets, first.Last);
        await DeliverToAsync("ordered");
        LaneReading ordered = await Store.ReadLanesAsync(AllBuckets, again.Last);
        await DeliverToAsync("parked");
        await DeliverToAsync("paused");
        await Store.SetEndpointStateAsync("paused", WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked);
        LaneReading parked = await Store.ReadLanesAsync(AllBuckets, ordered.Last);

        // Each is 0, or each is greater than the one before.
        Assert.Equal(canLeaveOut, ordered.Last > again.Last && parked.Last > ordered.Last);
        Assert.Equal(["ordered", "parked"], first.Lanes.Select(lane => lane.EndpointId).Order());
        Assert.Equal(canLeaveOut ? Array.Empty<string>() : ["ordered", "parked"], again.Lanes.Select(lane => lane.EndpointId).Order());
        Assert.Equal(canLeaveOut ? ["ordered"] : ["ordered", "parked"], ordered.Lanes.Select(lane => lane.EndpointId).Order());
        Assert.Equal(canLeaveOut ? ["parked"] : ["ordered", "parked"], parked.Lanes.Select(lane => lane.EndpointId).Order());
        Assert.All(first.Lanes.Concat(ordered.Lanes).Concat(parked.Lanes), lane => Assert.True(lane.IsDue));
    }

    [StoreFact]
    public async Task ReadInLanes_FromTheStartOfTheLane_GivesAllThatWaits()
    {
        await AddEndpointsAsync("parked");
        await Operations.AddEndpointAsync(NewEndpoint("ordered", ordered: true));
        await Store.MoveToLaneAsync("parked", ReadOnlyMemory<long>.Empty);

        foreach (string id in new[] { "parked", "ordered", "ordered", "parked" })
        {
            await DeliverToAsync(id);
        }

        // The first of both goes, and the next of the ordered one has to wait.
        await CommitAsync(Delivered((await ReadLaneAsync("parked"))[0]));
        await CommitAsync(Delivered((await ReadLaneAsync("ordered"))[0]));
        await CommitAsync(Failed((await ReadLaneAsync("ordered"))[0], Minute));
        IReadOnlyList<WaitingLane> lanes = await ReadLanesAsync();

        foreach (WaitingLane lane in lanes)
        {
            Assert.Equal(
                await ReadLaneAsync(lane.EndpointId), await Store.ReadInLanesAsync(new[] { new LaneQuery(lane.EndpointId, lane.Start, 10) }));
        }

        Assert.Equal(2, lanes.Count);
    }

    [StoreFact]
    public async Task ReadInLanes_OfSeveral_GivesLaneAfterLaneUpToTheLimitOfEach()
    {
        await AddEndpointsAsync("parked", "paused");
        await Operations.AddEndpointAsync(NewEndpoint("ordered", ordered: true));
        await Store.MoveToLaneAsync("parked", ReadOnlyMemory<long>.Empty);
        await Store.MoveToLaneAsync("paused", ReadOnlyMemory<long>.Empty);

        for (int i = 0; i < 3; i++)
        {
            await DeliverToAsync("parked");
            await DeliverToAsync("ordered");
            await DeliverToAsync("paused");
        }

        await Store.SetEndpointStateAsync("paused", WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked);

        IReadOnlyList<DueDelivery> found = await Store.ReadInLanesAsync(
            new[] { new LaneQuery("paused", default, 9), new LaneQuery("parked", default, 2), new LaneQuery("nobody", default, 9), new LaneQuery("ordered", default, 9) });

        Assert.Equal([.. (await ReadLaneAsync("parked")).Take(2), .. await ReadLaneAsync("ordered")], found);
        Assert.Equal(5, found.Count);
    }

    [StoreFact]
    public async Task ReadLane_OfAnOrderedEndpoint_KeepsTheOrderWhateverIsDue()
    {
        await Operations.AddEndpointAsync(NewEndpoint("a", ordered: true));
        await DeliverToAsync("a", NewEvent() with { NotBefore = Now.AddMinutes(1) });
        await DeliverToAsync("a");
        await DeliverToAsync("a");

        IReadOnlyList<DueDelivery> lane = await ReadLaneAsync("a");
        IReadOnlyList<DueDelivery> rest = await Store.ReadInLanesAsync(new[] { new LaneQuery("a", lane[0].Cursor, 1) });
        WaitingLane waiting = Assert.Single(await ReadLanesAsync());

        Assert.Equal([false, true, true], lane.Select(delivery => delivery.IsDue));
        Assert.Equal(lane.OrderBy(delivery => delivery.Id), lane);
        Assert.Equal(lane[1], Assert.Single(rest));
        Assert.Equal((true, false), (waiting.Ordered, waiting.IsDue));
        Assert.Empty(await ReadDueAsync());
    }

    [StoreFact]
    public async Task Commit_RetryOfAnOrderedHead_StaysTheHead()
    {
        await Operations.AddEndpointAsync(NewEndpoint("a", ordered: true));
        await DeliverToAsync("a");
        await DeliverToAsync("a");
        DueDelivery head = (await ReadLaneAsync("a"))[0];

        await CommitAsync(Failed(head, Minute));

        IReadOnlyList<DueDelivery> lane = await ReadLaneAsync("a");
        Assert.Equal((head.Id, 1, false), (lane[0].Id, lane[0].Attempt, lane[0].IsDue));
        Assert.True(lane[1].IsDue);
        Assert.False(Assert.Single(await ReadLanesAsync()).IsDue);
    }

    [StoreFact]
    public async Task Commit_SetAside_LeavesTheLaneForGood()
    {
        await Operations.AddEndpointAsync(NewEndpoint("a", ordered: true));
        await DeliverToAsync("a");
        await DeliverToAsync("a");
        IReadOnlyList<DueDelivery> lane = await ReadLaneAsync("a");

        await CommitAsync(Failed(lane[0], Minute) with { SetAside = true });
        _time.Advance(Minute);
        DueDelivery aside = await DueAsync();
        await CommitAsync(Failed(aside, Minute));
        _time.Advance(Minute);

        Assert.Equal((lane[0].Id, true), (aside.Id, aside.IsSetAside));
        Assert.Equal(lane[1].Id, Assert.Single(await ReadLaneAsync("a")).Id);
        Assert.Equal((lane[0].Id, true, 2), ((await DueAsync()).Id, (await DueAsync()).IsSetAside, (await DueAsync()).Attempt));
    }

    [StoreFact]
    public async Task ReadLanes_AnEndpointWithoutAnythingToDo_IsLeftOut()
    {
        await Operations.AddEndpointAsync(NewEndpoint("a", ordered: true));
        await DeliverToAsync("a");

        await CommitAsync(Delivered(Assert.Single(await ReadLaneAsync("a"))));

        Assert.Empty(await ReadLanesAsync());
    }
}
