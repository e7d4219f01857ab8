using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class SchemaTests
{
    private static readonly Migration[] NextMinor =
        [.. Migrations.All, new(1, 1, "ALTER TABLE webhooks.outbox ADD COLUMN region text; ALTER TABLE webhooks.event ADD COLUMN region text; ALTER TABLE webhooks.delivery ADD COLUMN priority smallint NOT NULL DEFAULT 0")];

    [StoreFact]
    public async Task Open_ByManyNodesAtOnce_MakesTheSchemaOnce()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => schema.OpenAsync()));

        Assert.Equal([1], await schema.ReadAsync<int>("SELECT major FROM webhooks.version"));
    }

    [StoreFact]
    public async Task Open_OlderMinorBesideANewerOne_BothPublishAndDeliver()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore older = await schema.OpenAsync();
        PostgreSqlWebhookStore newer = await schema.OpenAsync(migrations: NextMinor);
        PostgreSqlWebhookStore restarted = await schema.OpenAsync();
        await older.AddEndpointAsync(new StoredEndpoint { Id = "a" });

        foreach ((PostgreSqlWebhookStore publisher, PostgreSqlWebhookStore dispatcher) in new[] { (older, newer), (newer, older), (restarted, newer) })
        {
            StoredEvent added = TestSchema.NewEvent();
            await publisher.AppendAsync(new[] { added });
            Assert.Equal(1, await dispatcher.FanOutAsync(new[] { new FanOut { EventKey = added.Key, EndpointIds = ["a"] } }));
            DueDelivery due = Assert.Single(await publisher.ReadDueAsync(new[] { BucketLease.BucketOf("a") }, default, 10));
            var outcome = new DeliveryOutcome { DeliveryId = due.Id, Attempt = 0, Kind = DeliveryOutcomeKind.Delivered };
            Assert.Equal(1, (await dispatcher.CommitAsync(new[] { outcome })).Applied);
        }

        Assert.Equal([1], await schema.ReadAsync<int>("SELECT minor FROM webhooks.version"));
    }

    [StoreFact]
    public async Task Open_NewerMinorWhileATransactionIsOpen_LetsOthersPublishMeanwhile()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore older = await schema.OpenAsync();
        await using NpgsqlTransaction transaction = await schema.BeginAsync();
        await older.AppendAsync(new[] { TestSchema.NewEvent() }, transaction);
        Task<PostgreSqlWebhookStore> opening = schema.OpenAsync(migrations: NextMinor);

        while (!(await schema.ReadAsync<bool>($"SELECT EXISTS(SELECT FROM pg_locks JOIN pg_class c ON c.oid = relation WHERE NOT granted AND relnamespace = '\"{schema.Name}\"'::regnamespace)"))[0])
        {
            Assert.False(opening.IsCompleted);
        }

        await older.AppendAsync(new[] { TestSchema.NewEvent() });
        Assert.False(opening.IsCompleted);
        await transaction.CommitAsync();
        await opening;

        Assert.Equal([1], await schema.ReadAsync<int>("SELECT minor FROM webhooks.version"));
    }

    [StoreFact]
    public async Task Open_AnotherMajor_IsRefusedWithBothVersions()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await schema.OpenAsync();
        await schema.RunAsync("UPDATE webhooks.version SET major = 2, minor = 3");

        WebhookStoreException refused = await Assert.ThrowsAsync<WebhookStoreException>(() => schema.OpenAsync());

        Assert.False(refused.IsTransient);
        Assert.Contains("2.3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1.x", refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Open_MigrationThatFails_LeavesNothingOfItBehind()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        Migration[] broken = [.. Migrations.All, new(1, 1, "CREATE TABLE webhooks.half(id integer); SELECT 1/0")];

        await Assert.ThrowsAsync<WebhookStoreException>(() => schema.OpenAsync(migrations: broken));
        await schema.OpenAsync();

        Assert.Equal([false], await schema.ReadAsync<bool>($"SELECT to_regclass('webhooks.half') IS NOT NULL"));
    }

    [StoreFact]
    public async Task Open_SchemaThatTheAdministratorMade_IsUsed()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await schema.RunAsync($"CREATE SCHEMA \"{schema.Name}\"");

        PostgreSqlWebhookStore store = await schema.OpenAsync();

        Assert.Empty(await store.ReadPendingAsync(1));
    }

    [StoreTheory]
    [InlineData("Mixed-Case")]
    [InlineData("select")]
    [InlineData("1$")]
    public async Task Open_NameThatNeedsQuotes_Works(string name)
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        using var store = new PostgreSqlWebhookStore(schema.DataSource, new WebhookPostgreSqlOptions { Schema = name }, TimeProvider.System);

        try
        {
            await store.OpenAsync();
            await store.AppendAsync(new[] { TestSchema.NewEvent() });
            Assert.Single(await store.ReadPendingAsync(10));
            Assert.True(await store.CountHoldersAsync() == 0);
        }
        finally
        {
            await using NpgsqlCommand drop = schema.DataSource.CreateCommand($"DROP SCHEMA \"{name}\" CASCADE");
            await drop.ExecuteNonQueryAsync();
        }
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("a'b")]
    [InlineData("a.b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void SchemaName_ThatCannotStandInEveryStatement_Throws(string name)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new SchemaName(name));

        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Time_IsReadFromOneFunction()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await schema.OpenAsync();
        string[] clocks = ["statement_timestamp", "clock_timestamp", "transaction_timestamp", "current_timestamp", "localtimestamp", "current_date"];

        List<string> defaults = await schema.ReadAsync<string>(
            $"SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid::regclass::text LIKE '%{schema.Name}%'");
        string[] statements = [.. PlanTests.Texts().Values, .. defaults];

        Assert.Contains(statements, static text => text.Contains("now()", StringComparison.Ordinal));
        Assert.All(statements, text => Assert.DoesNotContain(clocks, clock => text.Contains(clock, StringComparison.OrdinalIgnoreCase)));
        Assert.All(
            statements,
            text => Assert.Equal(Count(text, "now()"), Count(text, "webhooks.now()") + Count(text, $"{schema.Name}.now()") + Count(text, $"\"{schema.Name}\".now()")));
        Assert.Single(await schema.ReadAsync<string>(
            $"SELECT proname::text FROM pg_proc WHERE pronamespace = '\"{schema.Name}\"'::regnamespace AND proname = 'now'"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
