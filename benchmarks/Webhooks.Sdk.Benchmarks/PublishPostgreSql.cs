using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Stores events of 1 KiB durably in PostgreSQL: each awaited by one of 256 producers, against as many in arrays of 250 by four connections that nobody waits
/// for one by one, and against one statement for each by 64 connections.
/// </summary>
/// <remarks>All of them write the same tables. Compare them with <c>--rates PublishPostgreSql</c>.</remarks>
public class PublishPostgreSql
{
    private const int Events = 8_000;
    private const int Producers = 256;
    private const int Batch = 250;

    private const string Insert =
        """
        WITH new AS MATERIALIZED (SELECT * FROM unnest($1, $2, $3, $4) AS new(key, timestamp, id, data)),
        claims AS (INSERT INTO publishing.idempotency(key, event) SELECT id, key FROM new ON CONFLICT DO NOTHING),
        pending AS (INSERT INTO publishing.pending(event, counts_for_health) SELECT key, true FROM new)
        INSERT INTO publishing.event(key, counts_for_health, timestamp, id, type, idempotency_key, data, sealed_request)
        SELECT key, true, timestamp, id, 'invoice.paid', id, data, '' FROM new
        """;

    private readonly byte[] _data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];
    private NpgsqlDataSource _dataSource = null!;
    private ServiceProvider _services = null!;
    private IWebhookPublisher _publisher = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _dataSource = NpgsqlDataSource.Create(await PostgreSqlServer.ConnectionStringAsync());
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddWebhooks().UsePostgreSql(_dataSource, static options => (options.Schema, options.AllowUnsealed) = ("publishing", true));
        _services = services.BuildServiceProvider();
        _publisher = _services.GetRequiredService<IWebhookPublisher>();
        await _publisher.PublishAsync(NewEvent());
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _services.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public Task ArraysByFourConnections() => RunAsync(4, Events / Batch, () => InsertAsync(Batch));

    [Benchmark(OperationsPerInvoke = Events)]
    public Task StatementsBySixtyFourConnections() => RunAsync(64, Events, () => InsertAsync(1));

    [Benchmark(OperationsPerInvoke = Events)]
    public Task AwaitedPublishes() => RunAsync(Producers, Events, () => _publisher.PublishAsync(NewEvent()));

    private static Task RunAsync(int workers, int turns, Func<Task> work)
    {
        int left = turns;

        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await work();
            }
        })));
    }

    private async Task InsertAsync(int count)
    {
        Guid[] keys = [.. Enumerable.Range(0, count).Select(static _ => Guid.CreateVersion7())];
        await using NpgsqlCommand insert = _dataSource.CreateCommand(Insert);
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = keys });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. keys.Select(static _ => DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(static key => $"evt_{key:N}")], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. keys.Select(_ => _data)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await insert.ExecuteNonQueryAsync();
    }

    private WebhookEvent NewEvent() => WebhookEvent.For("invoice.paid").WithJson(_data).Build();
}
