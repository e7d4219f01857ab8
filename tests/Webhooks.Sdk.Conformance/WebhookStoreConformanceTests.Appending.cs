using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Conformance;

public abstract partial class WebhookStoreConformanceTests
{
    [StoreFact]
    public async Task Open_CalledAgain_DoesNothing()
    {
        StoredEvent added = NewEvent();
        await AppendAsync(added);

        await Store.OpenAsync();

        Assert.Single(await Store.ReadPendingAsync(10));
    }

    [StoreFact]
    public async Task Keep_SecondValueOfAName_GivesTheFirst()
    {
        ReadOnlyMemory<byte> first = await Store.KeepAsync("canary", new byte[] { 1, 2, 3 });
        ReadOnlyMemory<byte> second = await Store.KeepAsync("canary", new byte[] { 4 });
        ReadOnlyMemory<byte> other = await Store.KeepAsync("other", new byte[] { 5 });

        Assert.Equal([1, 2, 3], first.ToArray());
        Assert.Equal([1, 2, 3], second.ToArray());
        Assert.Equal([5], other.ToArray());
    }

    [StoreFact]
    public async Task Append_EveryField_IsReadBack()
    {
        StoredEvent full = NewEvent("acme", subject: "inv_1") with
        {
            Source = "/billing",
            SealedRequest = new byte[] { 0, 255, 1 },
            EndpointId = "skalin/emea",
            NotBefore = Now.AddHours(1),
            ExpiresAt = Now.AddDays(1),
            CountsForHealth = false,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };
        StoredEvent bare = NewEvent();
        await Store.AppendAsync(new[] { full, bare });

        IReadOnlyList<StoredEvent> read = await Store.ReadEventsAsync(new[] { full.Key, bare.Key, Guid.CreateVersion7() });

        Assert.Equal(2, read.Count);
        AssertSame(full, read.Single(stored => stored.Key == full.Key));
        AssertSame(bare, read.Single(stored => stored.Key == bare.Key));
    }

    [StoreFact]
    public async Task Append_EmptyBatch_DoesNothing()
    {
        Assert.Empty(await Store.AppendAsync(ReadOnlyMemory<StoredEvent>.Empty));
        Assert.Empty(await Store.ReadPendingAsync(10));
    }

    [StoreFact]
    public async Task Append_RepeatedKeyOfAnOwner_GivesTheFirstEvent()
    {
        StoredEvent first = NewEvent("acme", key: "order-1");
        await AppendAsync(first);

        IReadOnlyList<StoredEvent> again = await Store.AppendAsync(new[] { NewEvent("acme", key: "order-1"), NewEvent("acme", key: "order-2") });

        Assert.Equal(first.Id, again[0].Id);
        Assert.Equal(first.Data.ToArray(), again[0].Data.ToArray());
        Assert.Equal("order-2", again[1].IdempotencyKey);
        Assert.Equal(2, (await Store.ReadPendingAsync(10)).Count);
    }

    [StoreFact]
    public async Task Append_RepeatedKeyInOneBatch_StoresTheFirst()
    {
        StoredEvent first = NewEvent(key: "k");

        IReadOnlyList<StoredEvent> stored = await Store.AppendAsync(new[] { first, NewEvent(key: "k") });

        Assert.Equal([first.Id, first.Id], stored.Select(webhookEvent => webhookEvent.Id));
        Assert.Equal(first.Id, Assert.Single(await Store.ReadPendingAsync(10)).Event.Id);
    }

    [StoreFact]
    public async Task Append_SameKeyOfOtherOwnersAndOfNone_AreOtherEvents()
    {
        await Store.AppendAsync(new[] { NewEvent("acme", key: "k"), NewEvent("ACME", key: "k"), NewEvent(key: "k"), NewEvent("", key: "k2") });

        Assert.Equal(4, (await Store.ReadPendingAsync(10)).Count);
    }

    [StoreFact]
    public async Task ReadPending_ManyEvents_AreInTheOrderOfAppending()
    {
        StoredEvent[] events = [.. Enumerable.Range(0, 20).Select(_ => NewEvent())];
        await Store.AppendAsync(events.AsMemory(0, 10));
        await Store.AppendAsync(events.AsMemory(10));

        IReadOnlyList<PendingEvent> first = await Store.ReadPendingAsync(15);

        Assert.Equal(events.Take(15).Select(webhookEvent => webhookEvent.Id), first.Select(pending => pending.Event.Id));
        Assert.All(first, pending => Assert.Null(pending.FannedOutTo));
    }

    [StoreFact]
    public async Task Append_FromManyThreads_StoresEveryEventOnce()
    {
        StoredEvent[] events = [.. Enumerable.Range(0, 64).Select(_ => NewEvent())];

        await Task.WhenAll(events.Concat(events).Select(webhookEvent => Task.Run(() => AppendAsync(webhookEvent with { Key = Guid.CreateVersion7() }))));

        Assert.Equal(
            events.Select(webhookEvent => webhookEvent.Id).Order(),
            (await Store.ReadPendingAsync(1000)).Select(pending => pending.Event.Id).Order());
    }

    [StoreFact]
    public async Task Append_InATransaction_FollowsIt()
    {
        if (_tested.BeginTransaction is not { } begin)
        {
            Assert.False(Store.Capabilities.HasTransactions);
            return;
        }

        Assert.True(Store.Capabilities.HasTransactions);
        StoredEvent committed = NewEvent();
        StoredEvent rolledBack = NewEvent();

        await using (DbTransaction transaction = await begin())
        {
            await Store.AppendAsync(new[] { rolledBack }, transaction);
            await transaction.RollbackAsync();
        }

        await using (DbTransaction transaction = await begin())
        {
            await Store.AppendAsync(new[] { committed }, transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal(committed.Id, Assert.Single(await Store.ReadPendingAsync(10)).Event.Id);
    }

    [StoreFact]
    public async Task Append_InATransactionOfAnotherDatabase_Throws()
    {
        await using var foreign = new ForeignTransaction();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            async () => await Store.AppendAsync(new[] { NewEvent() }, foreign));

        Assert.Contains(nameof(ForeignTransaction), refused.Message, StringComparison.Ordinal);
        Assert.Empty(await Store.ReadPendingAsync(10));
    }

    [StoreFact]
    public async Task WaitForWork_SignalBeforeTheWait_EndsIt()
    {
        await AppendAsync(NewEvent());

        await Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Single(await Store.ReadPendingAsync(10));
    }

    [StoreFact]
    public async Task WaitForWork_WhileNothingComes_EndsWithItsTime()
    {
        Task waiting = Store.WaitForWorkAsync(TimeSpan.FromMinutes(1)).AsTask();
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [StoreFact]
    public async Task WaitForWork_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        Task waiting = Store.WaitForWorkAsync(TimeSpan.FromMinutes(1), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static void AssertSame(StoredEvent expected, StoredEvent actual)
    {
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
        Assert.Equal(expected.SealedRequest.ToArray(), actual.SealedRequest.ToArray());
        Assert.Equal(expected with { Data = default, SealedRequest = default }, actual with { Data = default, SealedRequest = default });
    }
}
