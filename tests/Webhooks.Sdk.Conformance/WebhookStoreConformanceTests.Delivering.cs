using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Conformance;

public abstract partial class WebhookStoreConformanceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [StoreFact]
    public async Task ReadDue_ReadAgain_GivesTheSame()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");

        Assert.Equal(await ReadDueAsync(), await ReadDueAsync());
    }

    [StoreFact]
    public async Task ReadDue_OtherBuckets_GivesNothingOfThem()
    {
        await AddEndpointsAsync("a", "b");
        await DeliverToAsync("a");
        await DeliverToAsync("b");
        int bucket = BucketLease.BucketOf("a");
        Assert.NotEqual(bucket, BucketLease.BucketOf("b"));

        IReadOnlyList<DueDelivery> mine = await Store.ReadDueAsync(new[] { bucket }, default, 10);
        IReadOnlyList<DueDelivery> others = await Store.ReadDueAsync(AllBuckets.Where(other => other != bucket).ToArray(), default, 10);

        Assert.Equal("a", Assert.Single(mine).EndpointId);
        Assert.Equal("b", Assert.Single(others).EndpointId);
        Assert.Empty(await Store.ReadDueAsync(ReadOnlyMemory<int>.Empty, default, 10));
    }

    [StoreFact]
    public async Task ReadDue_BeforeItsTime_GivesNothing()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a", NewEvent() with { NotBefore = Now.AddMinutes(1) });

        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReadDueAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Now, (await DueAsync()).DueAt);
    }

    [StoreFact]
    public async Task ReadDue_Expired_SaysSo()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a", NewEvent() with { ExpiresAt = Now.AddMinutes(1) });

        bool before = (await DueAsync()).IsExpired;
        _time.Advance(Minute);

        Assert.Equal((false, true), (before, (await DueAsync()).IsExpired));
    }

    [StoreFact]
    public async Task ReadDue_WithACursor_GoesOnInTheOrderOfDueTimeThenId()
    {
        await AddEndpointsAsync("a", "b");
        DateTimeOffset start = Now;

        for (int i = 0; i < 12; i++)
        {
            await DeliverToAsync(i % 2 == 0 ? "a" : "b", NewEvent() with { NotBefore = start.AddSeconds(5 - (i / 4)) });
        }

        _time.Advance(Minute);
        var read = new List<DueDelivery>();
        DueCursor cursor = default;

        while (await Store.ReadDueAsync(AllBuckets, cursor, 5) is { Count: > 0 } page)
        {
            read.AddRange(page);
            cursor = page[^1].Cursor;
        }

        Assert.Equal(12, read.Count);
        Assert.Equal(read.OrderBy(delivery => delivery.DueAt).ThenBy(delivery => delivery.Id), read);
        Assert.Equal(12, read.Select(delivery => delivery.Id).Distinct().Count());
    }

    [StoreFact]
    public async Task Commit_Delivered_EndsTheDeliveryAndRecordsTheAttempt()
    {
        await AddEndpointsAsync("a");
        StoredEvent added = await DeliverToAsync("a", NewEvent("acme"));
        DueDelivery delivery = await DueAsync();

        CommitSummary summary = await CommitAsync(Delivered(delivery));

        Assert.Equal((1, 0), (summary.Applied, summary.Failing.Count));
        Assert.Empty(await ReadDueAsync());
        Assert.Empty(await Operations.ReadWaitingAsync(new DeliveryQuery()));
        RecordedAttempt attempt = Assert.Single(await Operations.ReadAttemptsAsync(new DeliveryQuery()));
        Assert.Equal((delivery.Id, added.Key, added.Id, "a"), (attempt.DeliveryId, attempt.EventKey, attempt.EventId, attempt.EndpointId));
        Assert.Equal(NewAttempt(1), attempt.Attempt);
    }

    [StoreFact]
    public async Task Commit_Retry_IsDueAfterItsDelayFromTheCommit()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        DueDelivery first = await DueAsync();
        _time.Advance(Minute);

        await CommitAsync(Failed(first, TimeSpan.FromSeconds(30)));

        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReadDueAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        DueDelivery second = await DueAsync();
        Assert.Equal((first.Id, 1, Now), (second.Id, second.Attempt, second.DueAt));
    }

    [StoreFact]
    public async Task Commit_RetryWithoutAnAttempt_KeepsTheCount()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");

        await CommitAsync(Failed(await DueAsync(), Minute) with { Made = null });

        _time.Advance(Minute);
        Assert.Equal(0, (await DueAsync()).Attempt);
        Assert.Empty(await Operations.ReadAttemptsAsync(new DeliveryQuery()));
    }

    [StoreFact]
    public async Task Commit_OfWhoeverLostTheLease_ChangesNothing()
    {
        await AddEndpointsAsync("a", "b");
        await DeliverToAsync("a");
        await DeliverToAsync("b");
        IReadOnlyList<DueDelivery> stale = await ReadDueAsync();
        await CommitAsync(Failed(stale[0], Minute), Delivered(stale[1]));

        CommitSummary late = await CommitAsync(Delivered(stale[0]), GivenUp(stale[1]));

        Assert.Equal((0, 0), (late.Applied, late.Failing.Count));
        Assert.Equal(2, (await Operations.ReadAttemptsAsync(new DeliveryQuery())).Count);
        Assert.Equal(1, Assert.Single(await Operations.ReadWaitingAsync(new DeliveryQuery())).Attempts);
        Assert.Empty(await Operations.ReadDeadLettersAsync(new DeliveryQuery()));
    }

    [StoreFact]
    public async Task Commit_GivenUp_BecomesADeadLetter()
    {
        await AddEndpointsAsync("a");
        StoredEvent added = await DeliverToAsync("a", NewEvent("acme"));
        DueDelivery delivery = await DueAsync();

        await CommitAsync(GivenUp(delivery, DeadLetterReason.AttemptsSpent));

        Assert.Empty(await ReadDueAsync());
        StoredDelivery dead = Assert.Single(await Operations.ReadDeadLettersAsync(new DeliveryQuery()));
        Assert.Equal(
            new StoredDelivery
            {
                Id = delivery.Id,
                EventKey = added.Key,
                EventId = added.Id,
                EventType = added.Type,
                Owner = "acme",
                EndpointId = "a",
                Attempts = 1,
                At = Now,
                Reason = DeadLetterReason.AttemptsSpent,
            },
            dead);
    }

    [StoreFact]
    public async Task Commit_ExpiredWithoutAnAttempt_BecomesADeadLetterOfNoAttempt()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");

        await CommitAsync(GivenUp(await DueAsync(), DeadLetterReason.Expired) with { Made = null });

        StoredDelivery dead = Assert.Single(await Operations.ReadDeadLettersAsync(new DeliveryQuery()));
        Assert.Equal((0, DeadLetterReason.Expired), (dead.Attempts, dead.Reason));
        Assert.Empty(await Operations.ReadAttemptsAsync(new DeliveryQuery()));
    }

    [StoreFact]
    public async Task Commit_Failures_AreCountedUntilASuccess()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        DateTimeOffset firstFailure = Now;

        await CommitAsync(Failed(await DueAsync(), Minute));
        _time.Advance(Minute);
        CommitSummary second = await CommitAsync(Failed(await DueAsync(), Minute));
        StoredEndpoint failing = await ReadEndpointAsync("a");
        _time.Advance(Minute);
        CommitSummary success = await CommitAsync(Delivered(await DueAsync()));
        StoredEndpoint healthy = await ReadEndpointAsync("a");

        Assert.Equal([new EndpointHealth("a", 2, Minute)], second.Failing);
        Assert.Equal((2, firstFailure), (failing.Failures, failing.FailingSince));
        Assert.Empty(success.Failing);
        Assert.Equal((0, null), (healthy.Failures, healthy.FailingSince));
    }

    [StoreFact]
    public async Task Commit_FailureThatDoesNotCount_LeavesTheHealth()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a", NewEvent() with { CountsForHealth = false });
        DueDelivery delivery = await DueAsync();

        CommitSummary summary = await CommitAsync(Failed(delivery, Minute));

        Assert.False(delivery.CountsForHealth);
        Assert.Empty(summary.Failing);
        Assert.Equal(0, (await ReadEndpointAsync("a")).Failures);
    }

    [StoreFact]
    public async Task SetEndpointState_EachChange_IsToldOnce()
    {
        await AddEndpointsAsync("a");
        await DeliverToAsync("a");
        await CommitAsync(Failed(await DueAsync(), Minute));

        bool first = await Store.SetEndpointStateAsync("a", WebhookEndpointState.Disabled, WebhookEndpointStateCause.OnlyFailures);
        bool second = await Store.SetEndpointStateAsync("a", WebhookEndpointState.Disabled, WebhookEndpointStateCause.Gone);
        StoredEndpoint disabled = await ReadEndpointAsync("a");
        bool resumed = await Store.SetEndpointStateAsync("a", WebhookEndpointState.Active, WebhookEndpointStateCause.None);
        StoredEndpoint active = await ReadEndpointAsync("a");

        Assert.Equal((true, false, true), (first, second, resumed));
        Assert.Equal((WebhookEndpointState.Disabled, WebhookEndpointStateCause.OnlyFailures), (disabled.State, disabled.StateCause));
        Assert.Equal((WebhookEndpointState.Active, WebhookEndpointStateCause.None, 0, null), (active.State, active.StateCause, active.Failures, active.FailingSince));
        Assert.True(active.Version > disabled.Version);
        Assert.False(await Store.SetEndpointStateAsync("nobody", WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked));
    }

    private async Task<StoredEndpoint> ReadEndpointAsync(string id) => Assert.Single(await Store.ReadEndpointsAsync(new[] { id }));
}
