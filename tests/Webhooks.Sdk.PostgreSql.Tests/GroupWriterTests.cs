using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class GroupWriterTests
{
    [StoreFact]
    public async Task Write_WhileAGroupIsUnderWay_MakesUpTheNext()
    {
        var gate = new TaskCompletionSource();
        var groups = new List<int>();
        var writer = new GroupWriter(async events =>
        {
            lock (groups)
            {
                groups.Add(events.Length);
            }

            await gate.Task;
            return events;
        });
        List<Task> all = [WriteAsync(writer)];
        await UntilAsync(1);

        // Too few for another writer, until the last of them.
        all.AddRange(Enumerable.Range(0, 64).Select(_ => WriteAsync(writer)));
        await UntilAsync(2);
        int[] begun = [.. groups];
        all.AddRange(Enumerable.Range(0, 1000).Select(_ => WriteAsync(writer)));
        await UntilAsync(4);
        int writers = Count(groups);
        gate.SetResult();
        await Task.WhenAll(all);

        Assert.Equal([1, 64], begun);
        Assert.Equal(4, writers);
        Assert.Equal(1065, groups.Sum());
        Assert.Equal(250, groups.Max());

        async Task UntilAsync(int count)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

            while (Count(groups) < count)
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    [StoreFact]
    public async Task Write_OneOfAGroupThatCannotBeStored_FailsAlone()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        StoredEvent[] good = [.. Enumerable.Range(0, 50).Select(static _ => TestSchema.NewEvent())];
        StoredEvent bad = TestSchema.NewEvent() with { Subject = "\0" };

        Task<StoredEvent>[] all = [.. good.Append(bad).Select(e => Task.Run(async () => (await store.AppendAsync(new[] { e }))[0]))];
        WebhookStoreException failure = await Assert.ThrowsAsync<WebhookStoreException>(() => all[^1]);
        await Task.WhenAll(all[..^1]);

        Assert.False(failure.IsTransient);
        Assert.Equal(good.Select(static e => e.Id).Order(), (await store.ReadPendingAsync(100)).Select(static pending => pending.Event.Id).Order());
    }

    [StoreFact]
    public async Task Append_KeyOfTheStoreThatIsThere_Throws()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        StoredEvent added = TestSchema.NewEvent();
        await store.AppendAsync(new[] { added });

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.AppendAsync(new[] { added with { IdempotencyKey = "other" } }));
        Assert.Equal(added.Id, (await store.AppendAsync(new[] { added }))[0].Id);
    }

    [StoreFact]
    public async Task Append_HalfACharacter_IsReplaced()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        StoredEvent added = TestSchema.NewEvent() with { Subject = "a\uD83D", Owner = "😀" };

        await store.AppendAsync(new[] { added });

        StoredEvent read = Assert.Single(await store.ReadEventsAsync(new[] { added.Key }));
        Assert.Equal(("a\uFFFD", "😀"), (read.Subject, read.Owner));
    }

    [StoreFact]
    public async Task Append_ConnectionsThatWereKilled_AreReplacedAndNothingIsLostOrDoubled()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await store.AppendAsync(new[] { TestSchema.NewEvent() })));
        await using var other = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(schema.DataSource.ConnectionString) { Pooling = false });
        await using NpgsqlCommand kill = other.CreateCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()");
        kill.Parameters.Add(new NpgsqlParameter { Value = schema.Name });
        await kill.ExecuteNonQueryAsync();

        StoredEvent added = (await store.AppendAsync(new[] { TestSchema.NewEvent() }))[0];

        Assert.Contains(await store.ReadPendingAsync(100), pending => pending.Event.Id == added.Id);
        Assert.Equal(9, (await store.ReadStatisticsAsync()).Events);
    }

    private static Task<IReadOnlyList<StoredEvent>> WriteAsync(GroupWriter writer) => writer.WriteAsync([TestSchema.NewEvent()], CancellationToken.None);

    private static int Count(List<int> groups)
    {
        lock (groups)
        {
            return groups.Count;
        }
    }
}
