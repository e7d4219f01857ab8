using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite.Tests;

/// <summary>A directory for a database, deleted at the end with the connections that were opened into it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly List<SqliteConnection> _connections = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("webhooks-sqlite-").FullName;

    public string Database => System.IO.Path.Combine(Path, "webhooks.db");

    public string ConnectionString => $"Data Source={Database}";

    public async Task<SqliteConnection> ConnectAsync(string? database = null)
    {
        var connection = new SqliteConnection($"Data Source={database ?? Database};Pooling=False");
        _connections.Add(connection);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<DbTransaction> BeginTransactionAsync() => await (await ConnectAsync()).BeginTransactionAsync();

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using SqliteConnection connection = await ConnectAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        Directory.Delete(Path, recursive: true);
    }
}
