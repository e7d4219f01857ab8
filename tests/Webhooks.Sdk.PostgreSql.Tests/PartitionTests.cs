using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class PartitionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider _time = new();

    [StoreFact]
    public async Task Open_MakesThePartitionsOfTheDaysAround()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();

        await store.AppendAsync(new[] { TestSchema.NewEvent() });

        string today = (await schema.ReadAsync<string>("SELECT to_char(now() AT TIME ZONE 'UTC', '\"event_\"YYYYMMDD')"))[0];
        Assert.Equal([today], (await schema.ReadAsync<string>("SELECT tableoid::regclass::text FROM webhooks.event")).Select(static name => name.Split('.')[^1]));
        Assert.Equal(5, (await PartitionsAsync(schema, "event")).Count);
        Assert.Equal(5, (await PartitionsAsync(schema, "attempt")).Count);
    }

    [StoreFact]
    public async Task Append_KeyOfNoPartition_IsStoredAndMovesWhenItsPartitionIsMade()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        (IWebhookStore store, IWebhookStoreOperations operations) = await OpenAsync(schema);
        StoredEvent far = NewEvent(_time.GetUtcNow() + (20 * Day));
        StoredEvent ancient = NewEvent(DateTimeOffset.UnixEpoch + Day);
        await store.AppendAsync(new[] { far, ancient });
        Assert.Equal(2, (await schema.ReadAsync<Guid>("SELECT key FROM webhooks.event_default")).Count);

        _time.Advance(19 * Day);
        await operations.PurgeAsync(100 * Day, 100 * Day, 10);

        Assert.Equal([ancient.Key], await schema.ReadAsync<Guid>("SELECT key FROM webhooks.event_default"));
        Assert.Equal([far.Key], await schema.ReadAsync<Guid>($"SELECT key FROM webhooks.event_{far.Key.ToDay()}"));
        Assert.Equal(2, (await store.ReadPendingAsync(10)).Count);
    }

    [StoreFact]
    public async Task Purge_PartitionInWhichAllIsDone_IsDropped()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        (IWebhookStore store, IWebhookStoreOperations operations) = await OpenAsync(schema);
        await operations.AddEndpointAsync(new StoredEndpoint { Id = "a" });
        StoredEvent done = NewEvent(_time.GetUtcNow());
        await store.AppendAsync(new[] { done });
        await DeliverAsync(store, done, DeliveryOutcomeKind.Delivered);
        Assert.Equal(1, (await operations.ReadStatisticsAsync()).Attempts);
        string partition = $"event_{done.Key.ToDay()}";

        _time.Advance((7 * Day) - TimeSpan.FromHours(1));
        await operations.PurgeAsync(7 * Day, 30 * Day, 1000);
        List<string> early = await PartitionsAsync(schema, "event");
        _time.Advance(TimeSpan.FromHours(1));
        int purged = await operations.PurgeAsync(7 * Day, 30 * Day, 1000);

        Assert.Contains(partition, early);
        Assert.DoesNotContain(partition, await PartitionsAsync(schema, "event"));
        Assert.DoesNotContain(partition.Replace("event", "attempt", StringComparison.Ordinal), await PartitionsAsync(schema, "attempt"));
        StoreStatistics left = await operations.ReadStatisticsAsync();
        Assert.Equal((1, 0L, 0L), (purged, left.Events, left.Attempts));
        Assert.Empty(await schema.ReadAsync<string>("SELECT key FROM webhooks.idempotency"));
    }

    [StoreTheory]
    [InlineData(DeliveryOutcomeKind.Retry)]
    [InlineData(DeliveryOutcomeKind.DeadLettered)]
    [InlineData(null)]
    public async Task Purge_PartitionWithSomethingLeft_IsKeptUntilThatIsDone(DeliveryOutcomeKind? kind)
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        (IWebhookStore store, IWebhookStoreOperations operations) = await OpenAsync(schema);
        await operations.AddEndpointAsync(new StoredEndpoint { Id = "a" });
        StoredEvent left = NewEvent(_time.GetUtcNow());
        await store.AppendAsync(new[] { left });
        string partition = $"event_{left.Key.ToDay()}";

        if (kind is { } outcome)
        {
            await DeliverAsync(store, left, outcome);
        }

        _time.Advance(20 * Day);
        await operations.PurgeAsync(7 * Day, 30 * Day, 1000);
        Assert.Contains(partition, await PartitionsAsync(schema, "event"));
        Assert.Single(await store.ReadEventsAsync(new[] { left.Key }));
        _time.Advance(20 * Day);
        await operations.PurgeAsync(7 * Day, 30 * Day, 1000);

        Assert.Equal(kind == DeliveryOutcomeKind.DeadLettered ? 0 : 1, (await store.ReadEventsAsync(new[] { left.Key })).Count);
        Assert.Equal(kind != DeliveryOutcomeKind.DeadLettered, (await PartitionsAsync(schema, "event")).Contains(partition));
    }

    [StoreFact]
    public async Task Purge_WhileATransactionIsInTheWay_GivesUpSoonAndPublishingGoesOn()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        (IWebhookStore store, IWebhookStoreOperations operations) = await OpenAsync(schema);
        StoredEvent done = NewEvent(_time.GetUtcNow());
        await store.AppendAsync(new[] { done });
        await store.FanOutAsync(new[] { new FanOut { EventKey = done.Key, EndpointIds = [] } });
        _time.Advance(9 * Day);
        await using NpgsqlTransaction transaction = await schema.BeginAsync();
        await store.AppendAsync(new[] { NewEvent(_time.GetUtcNow()) }, transaction);

        Task<int> purging = operations.PurgeAsync(7 * Day, 30 * Day, 1000).AsTask();
        await store.AppendAsync(new[] { NewEvent(_time.GetUtcNow()) }).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await purging.WaitAsync(TimeSpan.FromSeconds(20));
        await transaction.CommitAsync();
        await operations.PurgeAsync(7 * Day, 30 * Day, 1000);

        Assert.DoesNotContain($"event_{done.Key.ToDay()}", await PartitionsAsync(schema, "event"));
        Assert.Equal(2, (await store.ReadPendingAsync(10)).Count);
    }

    private async Task<(IWebhookStore Store, IWebhookStoreOperations Operations)> OpenAsync(TestSchema schema)
    {
        // The partitions of the test's days are made by the test's clock, once it is there.
        PostgreSqlWebhookStore store = await schema.OpenAsync(_time);
        IWebhookStoreOperations operations = await StoreAtTime.CreateAsync<IWebhookStoreOperations>(store, schema, _time);
        await operations.PurgeAsync(100 * Day, 100 * Day, 10);
        return (await StoreAtTime.CreateAsync<IWebhookStore>(store, schema, _time), operations);
    }

    private static async Task DeliverAsync(IWebhookStore store, StoredEvent added, DeliveryOutcomeKind kind)
    {
        await store.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["a"] } });
        DueDelivery due = Assert.Single(await store.ReadDueAsync(new[] { BucketLease.BucketOf("a") }, default, 10));
        await store.CommitAsync(new[]
        {
            new DeliveryOutcome
            {
                DeliveryId = due.Id,
                Attempt = 0,
                Kind = kind,
                Reason = kind == DeliveryOutcomeKind.DeadLettered ? DeadLetterReason.Refused : DeadLetterReason.None,
                Made = new StoredAttempt { Number = 1, StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.Zero },
            },
        });
    }

    private static StoredEvent NewEvent(DateTimeOffset at)
    {
        StoredEvent added = TestSchema.NewEvent();
        return added with { Key = Guid.CreateVersion7(at) };
    }

    private static async Task<List<string>> PartitionsAsync(TestSchema schema, string table) =>
        await schema.ReadAsync<string>(
            $"SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'webhooks.{table}'::regclass AND c.relname <> '{table}_default'");
}
