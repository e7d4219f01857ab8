using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A database in a directory of its own, and how applications are started on it.</summary>
internal sealed class Database : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-durability-").FullName;

    public string Path => System.IO.Path.Combine(_directory, "webhooks.db");

    /// <summary>An application in this process.</summary>
    public ServiceProvider Open(Action<WebhookOutboxOptions>? options = null, TimeProvider? time = null, Action<IWebhooksBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        IWebhooksBuilder builder = services.AddWebhooks(o => o.AllowLoopback = true).UseSqlite($"Data Source={Path}").ConfigureOutbox(options ?? (static _ => { }));
        configure?.Invoke(builder);
        return services.BuildServiceProvider();
    }

    /// <summary>Adds subscriptions to everything, and a table of the application's.</summary>
    public async Task PrepareAsync(params IEnumerable<(string Id, Uri Url, bool Ordered)> endpoints)
    {
        await using ServiceProvider application = Open();

        foreach ((string id, Uri url, bool ordered) in endpoints)
        {
            await application.SubscribeAsync(id, url, ordered, RetrySchedule.Exponential(TimeSpan.FromMilliseconds(50), attempts: 50, longest: TimeSpan.FromMilliseconds(50)));
        }

        await using SqliteConnection connection = await ConnectAsync();
        await using var create = new SqliteCommand("CREATE TABLE application(id TEXT PRIMARY KEY)", connection);
        await create.ExecuteNonQueryAsync();
    }

    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Reads one column.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql)
    {
        await using SqliteConnection connection = await ConnectAsync();
        await using var command = new SqliteCommand(sql, connection);
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        var values = new List<T>();

        while (await reader.ReadAsync())
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }

    public async Task<long> CountAsync(string from) => (await ReadAsync<long>($"SELECT count(*) FROM {from}"))[0];

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
