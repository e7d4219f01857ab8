using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>A schema of the test's own in the shared database.</summary>
internal sealed class TestSchema : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<IDisposable> _stores = [];

    private readonly bool _listen;

    private TestSchema(NpgsqlConnectionStringBuilder connection, bool listen)
    {
        _listen = listen;

        // By its name, a test finds its own connections.
        connection.ApplicationName = Name;
        DataSource = NpgsqlDataSource.Create(connection);
    }

    public NpgsqlDataSource DataSource { get; }

    public string Name { get; } = $"test_{Guid.CreateVersion7():N}";

    public static async Task<TestSchema> CreateAsync() =>
        new(new NpgsqlConnectionStringBuilder(await PostgreSqlServer.ConnectionStringAsync()) { MaxPoolSize = 20 }, listen: true);

    /// <summary>Makes one that is reached through PgBouncer in transaction mode.</summary>
    public static async Task<TestSchema> CreateBehindPgBouncerAsync(bool noResetOnClose = true) =>
        new(new NpgsqlConnectionStringBuilder(await PgBouncer.ConnectionStringAsync()) { MaxPoolSize = 20, NoResetOnClose = noResetOnClose }, listen: false);

    /// <summary>Makes a store in the schema and opens it.</summary>
    public async Task<PostgreSqlWebhookStore> OpenAsync(
        TimeProvider? time = null, bool? listen = null, IReadOnlyList<Migration>? migrations = null)
    {
        var options = new WebhookPostgreSqlOptions { Schema = Name, Listen = listen ?? _listen };
        var store = new PostgreSqlWebhookStore(DataSource, options, time ?? TimeProvider.System, migrations ?? Migrations.All);
        _stores.Add(store);
        await store.OpenAsync();
        return store;
    }

    public static StoredEvent NewEvent(int bytes = 100)
    {
        var key = Guid.CreateVersion7();

        return new StoredEvent
        {
            Key = key,
            Id = $"evt_{key:N}",
            Type = "invoice.paid",
            Timestamp = DateTimeOffset.UnixEpoch,
            Data = Encoding.UTF8.GetBytes($"\"{new string('x', bytes)}\""),
            IdempotencyKey = $"evt_{key:N}",
        };
    }

    /// <summary>Runs a statement that is written for the schema <c>webhooks</c>.</summary>
    public async Task<int> RunAsync(string sql)
    {
        await using NpgsqlCommand command = DataSource.CreateCommand(new SchemaName(Name).In(sql));
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads the first column of a statement that is written for the schema <c>webhooks</c>.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql)
    {
        await using NpgsqlCommand command = DataSource.CreateCommand(new SchemaName(Name).In(sql));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();

        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }

    public async Task<NpgsqlTransaction> BeginAsync()
    {
        NpgsqlConnection connection = await DataSource.OpenConnectionAsync();
        _owned.Add(connection);
        return await connection.BeginTransactionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(static store => store.Dispose());

        foreach (IAsyncDisposable owned in _owned)
        {
            await owned.DisposeAsync();
        }

        await RunAsync($"DROP SCHEMA IF EXISTS \"{Name}\" CASCADE");
        await DataSource.DisposeAsync();
    }
}
