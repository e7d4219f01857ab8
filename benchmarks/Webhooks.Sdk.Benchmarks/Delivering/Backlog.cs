using System;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.Benchmarks.Delivering;

/// <summary>
/// Applications that deliver out of one schema of PostgreSQL, each a node of its own with its own dispatcher, and deliveries that are held back until all of
/// them are there and may be drained.
/// </summary>
internal sealed class Backlog : IAsyncDisposable
{
    private const int Owners = 64;

    private readonly string _schema = $"w{Guid.NewGuid():N}";
    private readonly CountingHandler _handler = new();
    private readonly NpgsqlDataSource _control;
    private readonly Application[] _nodes;
    private Task _answered = Task.CompletedTask;

    private Backlog(string connectionString, int nodes, Func<string, NpgsqlDataSource> connect)
    {
        _control = NpgsqlDataSource.Create(connectionString);
        _nodes = [.. Enumerable.Range(0, nodes).Select(_ => Application.Of(connect(connectionString), _schema, _handler))];
    }

    /// <summary>Gets how many deliveries are still to be answered.</summary>
    public int Left => _handler.Left;

    /// <summary>Starts nodes, and waits until each has its share of the leases.</summary>
    public static async Task<Backlog> OpenAsync(string connectionString, int nodes, Func<string, NpgsqlDataSource>? connect = null)
    {
        var backlog = new Backlog(connectionString, nodes, connect ?? NpgsqlDataSource.Create);
        await backlog._nodes[0].SubscribeAsync(Enumerable.Range(0, Owners).Select(static i => (OwnerOf(i), new Uri("https://receiver.example"))));
        Array.ForEach(backlog._nodes, static node => node.Start());
        int share = (BucketLease.Buckets + nodes - 1) / nodes;

        await backlog.UntilAsync(
            $"""
            SELECT coalesce(sum(held) = {BucketLease.Buckets} AND max(held) <= {share}, false)
            FROM (SELECT count(*) AS held FROM {backlog._schema}.bucket WHERE expires_at > now() GROUP BY holder) h
            """);
        return backlog;
    }

    /// <summary>Publishes events of one delivery each, and waits until those are made. They are not due.</summary>
    public async Task FillAsync(int events)
    {
        await _nodes[0].PublishAsync(events, OwnerOf, DateTimeOffset.UtcNow.AddDays(1));
        await UntilAsync($"SELECT NOT EXISTS(SELECT FROM {_schema}.pending)");
    }

    /// <summary>Sets the time at which all of them become due, cleans up behind that, and waits until then. Nobody is told.</summary>
    public async Task ReleaseAsync()
    {
        int deliveries = (int)await ReadAsync<long>($"SELECT count(*) FROM {_schema}.delivery");
        _answered = _handler.Expect(deliveries);

        // Long enough for what comes before it, which takes part of a second for 10,000.
        DateTime due = await ReadAsync<DateTime>($"SELECT clock_timestamp() + interval '2 s' + interval '50 us' * {deliveries}");
        await using NpgsqlCommand update = _control.CreateCommand($"UPDATE {_schema}.delivery SET due_at = $1");
        update.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = due });
        await update.ExecuteNonQueryAsync();
        await RunAsync($"VACUUM (ANALYZE) {_schema}.delivery");
        TimeSpan left = due - await ReadAsync<DateTime>("SELECT clock_timestamp()");

        if (left < TimeSpan.Zero)
        {
            throw new InvalidOperationException($"{deliveries} deliveries were due {-left} before all of it was ready: the machine is too busy to measure.");
        }

        await Task.Delay(left);
    }

    /// <summary>Tells all nodes that there is work, and waits until the outcome of the last delivery is committed.</summary>
    public async Task DrainAsync()
    {
        // The channel has the schema's name.
        await RunAsync($"NOTIFY {_schema}");
        await _answered;
        await UntilAsync($"SELECT NOT EXISTS(SELECT FROM {_schema}.delivery)");
    }

    /// <summary>Takes a snapshot of the database, and holds it until the connection is closed.</summary>
    public async Task<NpgsqlConnection> PinAsync()
    {
        NpgsqlConnection connection = await _control.OpenConnectionAsync();
        await using var begin = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ", connection);
        await begin.ExecuteNonQueryAsync();
        await using var look = new NpgsqlCommand($"SELECT 1 FROM {_schema}.delivery LIMIT 1", connection);
        await look.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Gives how many deliveries are done and cannot be cleaned up.</summary>
    public async Task<long> CountDeadAsync()
    {
        await RunAsync($"VACUUM {_schema}.delivery");
        return await ReadAsync<long>($"SELECT n_dead_tup FROM pg_stat_user_tables WHERE schemaname = '{_schema}' AND relname = 'delivery'");
    }

    /// <summary>Asks the database something, by a connection that no node has.</summary>
    public async Task<T> ReadAsync<T>(string sql)
    {
        await using NpgsqlCommand command = _control.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(static node => node.DisposeAsync().AsTask()));
        await RunAsync($"DROP SCHEMA {_schema} CASCADE");
        await _control.DisposeAsync();
    }

    private async Task RunAsync(string sql)
    {
        await using NpgsqlCommand command = _control.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task UntilAsync(string condition)
    {
        while (!await ReadAsync<bool>(condition))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    private static string OwnerOf(int i) => $"owner-{i % Owners}";
}
