using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Durability.Tests.Working;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A database of its own on a server.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    private readonly string _server;
    private readonly string _name;

    private PostgreSqlDatabase(string server, string name) => (_server, _name) = (server, name);

    public override StoreAddress Address =>
        StoreAddress.OfPostgreSql(new NpgsqlConnectionStringBuilder(_server) { Database = _name, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString);

    /// <summary>Gets what workers of the next version are told.</summary>
    public StoreAddress NextAddress => StoreAddress.OfNextPostgreSql(Address.Target);

    /// <summary>Makes a database, on the server that tests share unless another is given, and in a directory of its own if one is.</summary>
    public static async Task<PostgreSqlDatabase> CreateAsync(string? server = null, string? directory = null)
    {
        var database = new PostgreSqlDatabase(server ?? await PostgreSqlServer.ConnectionStringAsync(), $"durability_{Guid.CreateVersion7():N}");

        if (directory is not null)
        {
            database.OnServer($"CREATE TABLESPACE {database._name} LOCATION '{directory}'");
        }

        database.OnServer($"CREATE DATABASE {database._name}{(directory is null ? "" : $" TABLESPACE {database._name}")}");
        return database;
    }

    public NpgsqlConnection Connect() => (NpgsqlConnection)Address.Connect();

    public override Task SetClockAsync(TimeSpan offset) => RunAsync(
        $"CREATE OR REPLACE FUNCTION webhooks.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE RETURN statement_timestamp() + interval '{(long)offset.TotalMilliseconds} ms'");

    /// <summary>Reads the ids of all events that are committed, fanned out or not.</summary>
    public async Task<HashSet<string>> StoredIdsAsync() => [.. await ReadAsync<string>("SELECT id FROM webhooks_event UNION ALL SELECT id FROM webhooks_outbox")];

    public override void Dispose()
    {
        try
        {
            OnServer($"DROP DATABASE {_name} WITH (FORCE)");
        }
        catch (NpgsqlException)
        {
            // A server of the test's own may be gone.
        }
    }

    protected override string TextOf(string sql) => sql.Replace("webhooks_", "webhooks.", StringComparison.Ordinal);

    private void OnServer(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
