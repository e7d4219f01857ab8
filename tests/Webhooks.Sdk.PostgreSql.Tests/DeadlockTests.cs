using System;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>Transactions of plain ADO.NET that end otherwise than they should.</summary>
public sealed class DeadlockTests
{
    [StoreFact]
    public async Task Append_InATransactionThatIsRolledBack_LeavesNothingAndMayBeTriedAgain()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        StoredEvent added = TestSchema.NewEvent();

        await using (NpgsqlTransaction first = await schema.BeginAsync())
        {
            await store.AppendAsync(new[] { added }, first);
            await first.RollbackAsync();
        }

        Assert.Empty(await store.ReadPendingAsync(10));
        await using NpgsqlTransaction second = await schema.BeginAsync();
        await store.AppendAsync(new[] { added }, second);
        await second.CommitAsync();
        Assert.Equal(added.Id, Assert.Single(await store.ReadPendingAsync(10)).Event.Id);
    }

    [StoreFact]
    public async Task Append_InTransactionsThatDeadlock_StoresOneEventOfEachOnceTheVictimIsTriedAgain()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await schema.RunAsync("CREATE TABLE webhooks.balance(id integer PRIMARY KEY, total integer NOT NULL)");
        await schema.RunAsync("INSERT INTO webhooks.balance(id, total) VALUES(0, 0), (1, 0)");
        TaskCompletionSource[] hasFirst = [new(), new()];
        int deadlocks = 0;

        string[] published = await Task.WhenAll(Enumerable.Range(0, 2).Select(async mine =>
        {
            StoredEvent added = TestSchema.NewEvent();

            while (true)
            {
                await using NpgsqlTransaction transaction = await schema.BeginAsync();

                try
                {
                    await AddAsync(schema, transaction, mine);
                    await store.AppendAsync(new[] { added }, transaction);
                    hasFirst[mine].TrySetResult();
                    await hasFirst[1 - mine].Task.WaitAsync(TimeSpan.FromSeconds(30));
                    await AddAsync(schema, transaction, 1 - mine);
                    await transaction.CommitAsync();
                    return added.Id;
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
                {
                    deadlocks++;
                }
            }
        }));

        Assert.True(deadlocks > 0);
        Assert.Equal(published.Order(), (await store.ReadPendingAsync(10)).Select(static pending => pending.Event.Id).Order());
        Assert.Equal([2, 2], await schema.ReadAsync<int>("SELECT total FROM webhooks.balance"));
    }

    private static async Task AddAsync(TestSchema schema, NpgsqlTransaction transaction, int id)
    {
        await using var command = new NpgsqlCommand($"UPDATE \"{schema.Name}\".balance SET total = total + 1 WHERE id = $1", transaction.Connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        await command.ExecuteNonQueryAsync();
    }
}
