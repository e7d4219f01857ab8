using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Webhooks.Sdk.Durability.Tests.Working;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A file in a directory of its own.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-durability-").FullName;

    public string Path => System.IO.Path.Combine(_directory, "webhooks.db");

    public override StoreAddress Address => StoreAddress.OfSqlite(Path);

    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = (SqliteConnection)Address.Connect();
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Nothing: the file's clock is that of the application.</summary>
    public override Task SetClockAsync(TimeSpan offset) => Task.CompletedTask;

    public override void Dispose() => Directory.Delete(_directory, recursive: true);
}
