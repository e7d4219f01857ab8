using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class TransactionTests
{
    [StoreFact]
    public async Task Append_InATransaction_WritesExactlyOneRow()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await using NpgsqlTransaction transaction = await schema.BeginAsync();

        string[] before = await WrittenAsync(transaction);

        await AppendAsync(store, transaction);

        Assert.Equal(["outbox 1 0 0"], (await WrittenAsync(transaction)).Except(before));
    }

    [StoreFact]
    public async Task Append_ThenRollbackToASavepoint_StoresWhatCameBefore()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await using NpgsqlTransaction transaction = await schema.BeginAsync();
        StoredEvent kept = await AppendAsync(store, transaction);
        await transaction.SaveAsync("before");
        await AppendAsync(store, transaction);
        await transaction.RollbackAsync("before");
        await transaction.CommitAsync();

        Assert.Equal([kept.Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task ReadPending_TransactionThatCommitsFarBehindTheOthers_ComesBeforeWhatIsPublishedAfterIt()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await using NpgsqlTransaction slow = await schema.BeginAsync();
        StoredEvent early = await AppendAsync(store, slow);
        await schema.RunAsync("SELECT setval('webhooks.pending_n', 1000000)");
        StoredEvent meanwhile = (await store.AppendAsync(new[] { TestSchema.NewEvent() }))[0];
        Assert.Equal([meanwhile.Id], await PendingAsync(store));
        await slow.CommitAsync();
        StoredEvent late = (await store.AppendAsync(new[] { TestSchema.NewEvent() }))[0];

        Assert.Equal([early.Id, meanwhile.Id, late.Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task ReadPending_TransactionThatCommitsLate_IsNotMissed()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await using NpgsqlTransaction slow = await schema.BeginAsync();
        StoredEvent early = await AppendAsync(store, slow);
        StoredEvent later = await AppendAsync(store);
        string[] before = await PendingAsync(store);
        await store.FanOutAsync(new[] { new FanOut { EventKey = later.Key, EndpointIds = [] } });

        await slow.CommitAsync();

        Assert.Equal([later.Id], before);
        Assert.Equal([early.Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task Append_WhileAnotherTransactionHasTheSameKey_DoesNotWaitForIt()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await using NpgsqlTransaction first = await schema.BeginAsync();
        await using NpgsqlTransaction second = await schema.BeginAsync();
        await AppendAsync(store, first, "k");

        await AppendAsync(store, second, "k").WaitAsync(TimeSpan.FromSeconds(20));
        await AppendAsync(store, key: "k").WaitAsync(TimeSpan.FromSeconds(20));
    }

    [StoreFact]
    public async Task FanOut_KeyThatWasPublishedByTwoTransactionsAtOnce_GoesOutOnce()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await store.AddEndpointAsync(new StoredEndpoint { Id = "a" });
        await using NpgsqlTransaction first = await schema.BeginAsync();
        await using NpgsqlTransaction second = await schema.BeginAsync();
        StoredEvent one = await AppendAsync(store, first, "k");
        StoredEvent two = await AppendAsync(store, second, "k");
        await second.CommitAsync();
        await first.CommitAsync();
        Assert.Equal([one.Id, two.Id], await PendingAsync(store));

        int made = await store.FanOutAsync(new[] { one, two }.Select(e => new FanOut { EventKey = e.Key, EndpointIds = ["a"], Until = "a" }).ToArray());
        string[] rest = await PendingAsync(store);
        StoredEvent third = await AppendAsync(store, key: "k");

        Assert.Equal((1, one.Id), (made, third.Id));
        Assert.Equal([one.Id], rest);
        Assert.Equal(one.Key, Assert.Single(await store.ReadWaitingAsync(new DeliveryQuery())).EventKey);
    }

    [StoreFact]
    public async Task Append_RepeatedKeyInATransaction_GivesTheFirst()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        StoredEvent first = await AppendAsync(store, key: "k");
        await using NpgsqlTransaction transaction = await schema.BeginAsync();

        StoredEvent again = await AppendAsync(store, transaction, "k");
        StoredEvent own = await AppendAsync(store, transaction, "own");
        StoredEvent ownAgain = await AppendAsync(store, transaction, "own");
        await transaction.CommitAsync();

        Assert.Equal((first.Id, own.Id), (again.Id, ownAgain.Id));
        Assert.Equal([first.Id, own.Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task Append_TransactionThatIsOver_Throws()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        NpgsqlTransaction transaction = await schema.BeginAsync();
        await transaction.CommitAsync();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(store, transaction));

        Assert.Contains("is over", refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Append_TransactionOfAnotherDatabase_NamesBoth()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        var elsewhere = new NpgsqlConnectionStringBuilder(schema.DataSource.ConnectionString) { Database = "template1" };
        await using var connection = new NpgsqlConnection(elsewhere.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => AppendAsync(store, transaction));

        Assert.Contains("'template1' on ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(store.Database.Address.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task WaitForWork_TransactionOfTheCaller_WakesWhenItCommitsAndNotBefore()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync(listen: false);
        await using NpgsqlTransaction transaction = await schema.BeginAsync();
        Task waiting = store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();
        StoredEvent added = await AppendAsync(store, transaction);
        await store.ReadPendingAsync(1);
        Assert.False(waiting.IsCompleted);

        await transaction.CommitAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([added.Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task Append_WithinATransaction_NotifiesNobodyInIt()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await using NpgsqlTransaction transaction = await schema.BeginAsync();

        await AppendAsync(store, transaction);

        // A transaction that notified cannot be prepared for two phases; without the feature, the server says that instead.
        await using var prepare = new NpgsqlCommand("PREPARE TRANSACTION 'webhooks'", transaction.Connection);
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => prepare.ExecuteNonQueryAsync());
        Assert.DoesNotContain("NOTIFY", refused.MessageText, StringComparison.Ordinal);
    }

    private static async Task<StoredEvent> AppendAsync(PostgreSqlWebhookStore store, DbTransaction? transaction = null, string? key = null)
    {
        StoredEvent added = TestSchema.NewEvent();
        return (await store.AppendAsync(new[] { added with { IdempotencyKey = key ?? added.IdempotencyKey } }, transaction)).Single();
    }

    private static async Task<string[]> PendingAsync(PostgreSqlWebhookStore store) =>
        [.. (await store.ReadPendingAsync(100)).Select(static pending => pending.Event.Id)];

    private static async Task<string[]> WrittenAsync(NpgsqlTransaction transaction)
    {
        await using var written = new NpgsqlCommand(
            "SELECT relname::text || ' ' || n_tup_ins || ' ' || n_tup_upd || ' ' || n_tup_del FROM pg_stat_xact_user_tables", transaction.Connection);
        await using NpgsqlDataReader reader = await written.ExecuteReaderAsync();
        var rows = new List<string>();

        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return [.. rows.Where(static row => !row.EndsWith(" 0 0 0", StringComparison.Ordinal))];
    }
}
