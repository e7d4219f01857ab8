using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Conformance;

public abstract partial class WebhookStoreConformanceTests
{
    [StoreFact]
    public async Task ReadSubscribers_FindsThoseOfTheOwnerWithOneOfThePatterns()
    {
        await SubscribeAsync("s1", "acme", "invoice.paid");
        await SubscribeAsync("s2", "acme", "invoice.*", "invoice.paid");
        await SubscribeAsync("s3", "acme", "customer.*");
        await SubscribeAsync("s4", "globex", "*");
        await SubscribeAsync("s5", null, "*");

        Assert.Equal(["s1", "s2"], await FindAsync("acme", "invoice.paid", "invoice.*", "*"));
        Assert.Equal(["s4"], await FindAsync("globex", "invoice.paid", "invoice.*", "*"));
        Assert.Equal(["s1", "s2", "s4", "s5"], await FindAsync(null, "invoice.paid", "invoice.*", "*"));
        Assert.Empty(await FindAsync("ACME", "invoice.paid"));
        Assert.Empty(await FindAsync("acme", "invoice.PAID"));
    }

    [StoreFact]
    public async Task ReadSubscribers_GivesTheFilter()
    {
        await Operations.AddEndpointAsync(NewEndpoint("s1", types: "*") with { Filter = "{\"a\":1}"u8.ToArray() });
        await Operations.AddEndpointAsync(NewEndpoint("s2", types: "*"));

        IReadOnlyList<Subscriber> found = await Store.ReadSubscribersAsync(new[] { new SubscriberQuery(null, ["*"], null) }, default, 10);

        Assert.Equal("{\"a\":1}"u8.ToArray(), found[0].Filter.ToArray());
        Assert.True(found[1].Filter.IsEmpty);
    }

    [StoreFact]
    public async Task ReadSubscribers_PageAfterPage_GivesEachOnceInOrdinalOrder()
    {
        string[] ids = ["B", "_", "a", "aa", "b", "é"];

        foreach (string id in ids.Reverse())
        {
            await SubscribeAsync(id, "acme", "x", "y");
        }

        SubscriberQuery[] queries = [new("acme", ["x", "y"], null), new("globex", ["x"], null), new("acme", ["y"], "a")];
        var found = new List<(int, string)>();
        SubscriberCursor cursor = default;

        while (await Store.ReadSubscribersAsync(queries, cursor, 4) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(subscriber => (subscriber.Query, subscriber.EndpointId)));
            cursor = new SubscriberCursor(page[^1].Query, page[^1].EndpointId);
        }

        Assert.Equal([.. ids.Select(id => (0, id)), (2, "aa"), (2, "b"), (2, "é")], found);
    }

    [StoreFact]
    public async Task ReadSubscribers_LeavesOutThoseThatAreDisabledRemovedOrChanged()
    {
        await SubscribeAsync("paused", "acme", "x");
        await SubscribeAsync("disabled", "acme", "x");
        await SubscribeAsync("removed", "acme", "x");
        await SubscribeAsync("changed", "acme", "x");
        await Store.SetEndpointStateAsync("paused", WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked);
        await Store.SetEndpointStateAsync("disabled", WebhookEndpointState.Disabled, WebhookEndpointStateCause.Gone);
        await Operations.RemoveEndpointAsync("removed");
        await Operations.ReplaceEndpointAsync(NewEndpoint("changed", "acme", types: "y") with { Version = (await ReadEndpointAsync("changed")).Version });

        Assert.Equal(["paused"], await FindAsync("acme", "x"));
        Assert.Equal(["changed"], await FindAsync("acme", "y"));
    }

    [StoreFact]
    public async Task FanOut_ToTheEnd_MakesDeliveriesThatAreDueAndEndsTheEvent()
    {
        await AddEndpointsAsync("a", "b");
        StoredEvent added = NewEvent();
        await AppendAsync(added);

        int made = await FanOutAsync(added, "a", "b");

        IReadOnlyList<DueDelivery> due = await ReadDueAsync();
        IReadOnlyList<StoredEndpoint> endpoints = await Store.ReadEndpointsAsync(new[] { "a", "b" });
        Assert.Equal(2, made);
        Assert.Empty(await Store.ReadPendingAsync(10));
        Assert.Equal(["a", "b"], due.Select(delivery => delivery.EndpointId));
        Assert.All(due, delivery => Assert.Equal(
            (added.Key, 0, endpoints.Single(endpoint => endpoint.Id == delivery.EndpointId).Version, Now, true, false, true, false),
            (delivery.EventKey, delivery.Attempt, delivery.EndpointVersion, delivery.DueAt, delivery.IsDue, delivery.IsExpired, delivery.CountsForHealth, delivery.IsSetAside)));
    }

    [StoreFact]
    public async Task FanOut_ToNobody_EndsTheEvent()
    {
        StoredEvent added = NewEvent();
        await AppendAsync(added);

        Assert.Equal(0, await FanOutAsync(added));
        Assert.Empty(await Store.ReadPendingAsync(10));
        Assert.Equal(1, (await Operations.ReadStatisticsAsync()).Events);
    }

    [StoreFact]
    public async Task FanOut_InSlices_GoesOnWhereItEnded()
    {
        await AddEndpointsAsync("a", "b", "c");
        StoredEvent added = NewEvent();
        await AppendAsync(added);

        await Store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["a", "b"], Until = "b" } });
        PendingEvent pending = Assert.Single(await Store.ReadPendingAsync(10));
        await Store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["c"], After = "b" } });

        Assert.Equal("b", pending.FannedOutTo);
        Assert.Empty(await Store.ReadPendingAsync(10));
        Assert.Equal(["a", "b", "c"], (await ReadDueAsync()).Select(delivery => delivery.EndpointId));
    }

    [StoreFact]
    public async Task FanOut_OfWhoeverLostTheLease_AddsNothing()
    {
        await AddEndpointsAsync("a");
        StoredEvent added = NewEvent();
        await AppendAsync(added);
        await Store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["a"], Until = "a" } });

        int again = await Store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["a"], Until = "a" } });
        await Store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = [], After = "a" } });
        int afterTheEnd = await Store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["a"], After = "a" } });

        Assert.Equal((0, 0), (again, afterTheEnd));
        Assert.Single(await ReadDueAsync());
    }

    [StoreFact]
    public async Task FanOut_ToEndpointsAndEventsThatAreGone_AddsNothing()
    {
        await AddEndpointsAsync("a");
        StoredEvent added = NewEvent();
        await AppendAsync(added);

        Assert.Equal(1, await FanOutAsync(added, "nobody", "a"));
        Assert.Equal(0, await FanOutAsync(NewEvent(), "a"));
        Assert.Empty(await Store.ReadPendingAsync(10));
    }

    [StoreFact]
    public async Task FanOut_OfABatch_NumbersDeliveriesInItsOrder()
    {
        await AddEndpointsAsync("a", "b");
        StoredEvent[] events = [.. Enumerable.Range(0, 5).Select(_ => NewEvent())];
        await Store.AppendAsync(events);

        await Store.FanOutAsync(events.Select(webhookEvent => new FanOut { EventKey = webhookEvent.Key, EndpointIds = ["b", "a"] }).ToArray());

        IReadOnlyList<DueDelivery> due = await ReadDueAsync();
        Assert.Equal(events.SelectMany(webhookEvent => new[] { (webhookEvent.Key, "b"), (webhookEvent.Key, "a") }), due.Select(delivery => (delivery.EventKey, delivery.EndpointId)));
        Assert.Equal(due.Select(delivery => delivery.Id).Order().Distinct(), due.Select(delivery => delivery.Id));
        Assert.True(due[0].Id > 0);
    }

    [StoreFact]
    public async Task FanOut_WakesWhoWaits()
    {
        await AddEndpointsAsync("a");
        StoredEvent added = NewEvent();
        await AppendAsync(added);
        await Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        await FanOutAsync(added, "a");

        await Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Single(await ReadDueAsync());
    }

    [StoreFact]
    public async Task EnsureEndpoints_LeavesThoseThatAreThereExceptForTheirOrder()
    {
        await Operations.AddEndpointAsync(NewEndpoint("a", "acme", types: "x"));
        long version = (await ReadEndpointAsync("a")).Version;

        await Store.EnsureEndpointsAsync(new[] { new StoredEndpoint { Id = "a", Ordered = true }, new StoredEndpoint { Id = "skalin" } });
        long skalinVersion = (await ReadEndpointAsync("skalin")).Version;
        await Store.EnsureEndpointsAsync(new[] { new StoredEndpoint { Id = "skalin" } });

        IReadOnlyList<StoredEndpoint> read = await Store.ReadEndpointsAsync(new[] { "a", "skalin", "nobody" });
        StoredEndpoint a = read.Single(endpoint => endpoint.Id == "a");
        StoredEndpoint skalin = read.Single(endpoint => endpoint.Id == "skalin");
        Assert.Equal(2, read.Count);
        Assert.Equal(("acme", "x", true, true, version + 1), (a.Owner, a.EventTypes.Single(), a.Ordered, a.HasLane, a.Version));
        Assert.Equal((null, 0, false, false, skalinVersion), (skalin.Owner, skalin.EventTypes.Count, skalin.Ordered, skalin.HasLane, skalin.Version));
    }

    private async Task SubscribeAsync(string id, string? owner, params string[] types) =>
        Assert.True(await Operations.AddEndpointAsync(NewEndpoint(id, owner, types: types)));

    private async Task<IEnumerable<string>> FindAsync(string? owner, params string[] patterns) =>
        (await Store.ReadSubscribersAsync(new[] { new SubscriberQuery(owner, patterns, null) }, default, 100)).Select(subscriber => subscriber.EndpointId);
}
