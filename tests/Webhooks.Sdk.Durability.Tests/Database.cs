using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Durability.Tests.Working;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A database of a test's own, and how applications are started on it. Statements name tables as SQLite's store does: <c>webhooks_event</c>.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>Gets what workers are told.</summary>
    public abstract StoreAddress Address { get; }

    public static async Task<Database> CreateAsync(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? new SqliteDatabase() : await PostgreSqlDatabase.CreateAsync();

    /// <summary>An application in this process.</summary>
    public ServiceProvider Open(Action<WebhookOutboxOptions>? options = null, TimeProvider? time = null, Action<IWebhooksBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        IWebhooksBuilder builder = services.AddWebhooks(o => o.AllowLoopback = true).ConfigureOutbox(options ?? (static _ => { }));
        Use(builder);
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

        await RunAsync("CREATE TABLE application(id TEXT PRIMARY KEY)");
    }

    /// <summary>Reads one column.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql)
    {
        await using DbConnection connection = await OpenConnectionAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = TextOf(sql);
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        var values = new List<T>();

        while (await reader.ReadAsync())
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }

    public async Task RunAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using DbConnection connection = await OpenConnectionAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = TextOf(sql);

        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string from) => (await ReadAsync<long>($"SELECT count(*) FROM {from}"))[0];

    /// <summary>Sets the database's own clock, if it has one, for everybody.</summary>
    public abstract Task SetClockAsync(TimeSpan offset);

    /// <summary>Waits until a table is empty.</summary>
    public async Task UntilNoneAsync(string from)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (await CountAsync(from) > 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Counts attempts that are recorded twice.</summary>
    public Task<long> CountDoubledAsync() =>
        CountAsync("(SELECT 1 FROM webhooks_attempt GROUP BY delivery, number HAVING count(*) > 1) AS doubled");

    public abstract void Dispose();

    protected virtual void Use(IWebhooksBuilder builder) => Address.Use(builder);

    protected virtual string TextOf(string sql) => sql;

    private async Task<DbConnection> OpenConnectionAsync()
    {
        DbConnection connection = Address.Connect();
        await connection.OpenAsync();
        return connection;
    }
}
