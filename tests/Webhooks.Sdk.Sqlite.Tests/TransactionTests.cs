using System;
using System.Data.Common;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class TransactionTests
{
    [Fact]
    public async Task Append_InATransactionOfAnotherFile_NamesBoth()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        using var other = new TemporaryDirectory();
        await using DbTransaction transaction = await other.BeginTransactionAsync();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(fixture, transaction));

        Assert.Contains(other.Database, refused.Message, StringComparison.Ordinal);
        Assert.Contains(fixture.Directory.Database, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_InATransactionThatIsOver_Throws()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        DbTransaction transaction = await fixture.Directory.BeginTransactionAsync();
        await transaction.CommitAsync();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(fixture, transaction));

        Assert.Contains("is over", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_InATransaction_WritesOneRowBesideTheApplications()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await using var transaction = (SqliteTransaction)await fixture.Directory.BeginTransactionAsync();
        await ExecuteAsync(transaction, "CREATE TABLE invoice(id INTEGER); INSERT INTO invoice VALUES(1)");
        long before = await ReadAsync(transaction, "SELECT total_changes()");

        await AppendAsync(fixture, transaction);

        Assert.Equal(before + 1, await ReadAsync(transaction, "SELECT total_changes()"));
        Assert.Empty(await fixture.PendingAsync());
        await transaction.CommitAsync();
        Assert.Single(await fixture.PendingAsync());
        Assert.Equal(1, await fixture.Directory.ReadAsync<long>("SELECT count(*) FROM invoice"));
    }

    [Fact]
    public async Task Append_AfterASavepointThatIsRolledBack_IsGoneAndTheRestIsNot()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await using var transaction = (SqliteTransaction)await fixture.Directory.BeginTransactionAsync();
        StoredEvent kept = await AppendAsync(fixture, transaction);
        await transaction.SaveAsync("before");
        await AppendAsync(fixture, transaction);
        await transaction.RollbackAsync("before");
        StoredEvent last = await AppendAsync(fixture, transaction);

        await transaction.CommitAsync();

        Assert.Equal([kept.Id, last.Id], await fixture.PendingAsync());
    }

    [Fact]
    public async Task Append_WhileTheCallerReadsOnTheConnection_StoresEach()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await using var transaction = (SqliteTransaction)await fixture.Directory.BeginTransactionAsync();
        await using SqliteCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "VALUES(1), (2), (3)";

        await using (SqliteDataReader reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                await AppendAsync(fixture, transaction);
            }
        }

        await transaction.CommitAsync();

        Assert.Equal(3, (await fixture.PendingAsync()).Length);
    }

    [Fact]
    public async Task Append_RepeatedKeyInATransaction_GivesTheFirst()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        StoredEvent first = await fixture.AppendAsync();
        await using DbTransaction transaction = await fixture.Directory.BeginTransactionAsync();

        StoredEvent again = (await fixture.Store.AppendAsync(
            new[] { StoreFixture.NewEvent() with { IdempotencyKey = first.IdempotencyKey } }, transaction))[0];

        Assert.Equal(first.Id, again.Id);
    }

    [Fact]
    public async Task WaitForWork_TransactionOfTheCaller_WakesWhenItCommitsAndNotBefore()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await using DbTransaction transaction = await fixture.Directory.BeginTransactionAsync();
        Task waiting = fixture.Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();
        StoredEvent added = await AppendAsync(fixture, transaction);
        Assert.False(waiting.IsCompleted);

        await transaction.CommitAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([added.Id], await fixture.PendingAsync());
    }

    [Fact]
    public async Task Append_InADeferredTransactionWhileTheStoreWrites_IsRefusedAsTransient()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        SqliteConnection connection = await fixture.Directory.ConnectAsync();
        await using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        await ReadAsync(transaction, "SELECT count(*) FROM webhooks_event");
        await fixture.AppendAsync();

        WebhookStoreException stale = await Assert.ThrowsAsync<WebhookStoreException>(() => AppendAsync(fixture, transaction));

        Assert.True(stale.IsTransient);
        Assert.Single(await fixture.PendingAsync());
    }

    private static async Task<StoredEvent> AppendAsync(StoreFixture fixture, DbTransaction transaction) =>
        (await fixture.Store.AppendAsync(new[] { StoreFixture.NewEvent() }, transaction)).Single();

    private static async Task ExecuteAsync(SqliteTransaction transaction, string sql)
    {
        await using SqliteCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> ReadAsync(SqliteTransaction transaction, string sql)
    {
        await using SqliteCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
