using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Commits an application's own transactions to PostgreSQL by four connections: without an event, with one of 1 KiB in each, and with the row of as many bytes
/// that one would write by hand, for something else to send.
/// </summary>
/// <remarks>Compare them with <c>--rates PublishInTransaction</c>.</remarks>
public class PublishInTransaction
{
    private const int Transactions = 2_000;
    private const int Connections = 4;

    private readonly byte[] _data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];
    private NpgsqlDataSource _dataSource = null!;
    private ServiceProvider _services = null!;
    private IWebhookPublisher _publisher = null!;

    /// <summary>Gets or sets how many statements Npgsql prepares on each connection; 0 is its default.</summary>
    [Params(0, 50)]
    public int MaxAutoPrepare { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _dataSource = NpgsqlDataSource.Create($"{await PostgreSqlServer.ConnectionStringAsync()};Max Auto Prepare={MaxAutoPrepare}");
        await using NpgsqlCommand create = _dataSource.CreateCommand("CREATE TABLE IF NOT EXISTS invoice(id uuid PRIMARY KEY, customer text, total numeric, created_at timestamptz DEFAULT now())");
        await create.ExecuteNonQueryAsync();
        await using NpgsqlCommand createByHand = _dataSource.CreateCommand("CREATE TABLE IF NOT EXISTS message(id uuid PRIMARY KEY, type text NOT NULL, payload bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now())");
        await createByHand.ExecuteNonQueryAsync();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddWebhooks().UsePostgreSql(_dataSource, static options => (options.Schema, options.AllowUnsealed) = ("transactions", true));
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

    [Benchmark(Baseline = true, OperationsPerInvoke = Transactions)]
    public Task WithoutEvent() => RunAsync(static _ => Task.CompletedTask);

    [Benchmark(OperationsPerInvoke = Transactions)]
    public Task WithEvent() => RunAsync(transaction => _publisher.PublishAsync(NewEvent(), transaction));

    [Benchmark(OperationsPerInvoke = Transactions)]
    public Task WithRowByHand() => RunAsync(async transaction =>
    {
        await using var insert = new NpgsqlCommand("INSERT INTO message(id, type, payload) VALUES($1, $2, $3)", transaction.Connection, transaction);
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "invoice.paid" });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _data });
        await insert.ExecuteNonQueryAsync();
    });

    private Task RunAsync(Func<NpgsqlTransaction, Task> publish)
    {
        int left = Transactions;

        return Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await using NpgsqlConnection connection = await _dataSource.OpenConnectionAsync();
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
                await using var insert = new NpgsqlCommand("INSERT INTO invoice(id, customer, total) VALUES($1, $2, $3)", connection, transaction);
                insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
                insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "customer1234" });
                insert.Parameters.Add(new NpgsqlParameter<decimal> { TypedValue = 99.5m });
                await insert.ExecuteNonQueryAsync();
                await publish(transaction);
                await transaction.CommitAsync();
            }
        })));
    }

    private WebhookEvent NewEvent() => WebhookEvent.For("invoice.paid").WithJson(_data).Build();
}
